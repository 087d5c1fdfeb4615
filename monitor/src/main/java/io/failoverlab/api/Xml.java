package io.failoverlab.api;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Writes an answer of the Query protocol. */
final class Xml {
    private static final String NAMESPACE = "http://monitoring.amazonaws.com/doc/2010-08-01/";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final XMLStreamWriter out;
    private boolean inside;

    private Xml(XMLStreamWriter out) {
        this.out = out;
    }

    interface Writing {
        void to(Xml xml) throws XMLStreamException;
    }

    /** A document in CloudWatch's namespace. */
    static byte[] document(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            writing.to(new Xml(out));
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    void open(String name) throws XMLStreamException {
        out.writeStartElement(name);
        if (!inside) {
            out.writeDefaultNamespace(NAMESPACE);
            inside = true;
        }
    }

    void close() throws XMLStreamException {
        out.writeEndElement();
    }

    void text(String name, String text) throws XMLStreamException {
        open(name);
        out.writeCharacters(printable(text));
        close();
    }

    void fields(SdkPojo pojo) throws XMLStreamException {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (PojoWriter.isSet(value)) {
                value(field.locationName(), value);
            }
        }
    }

    private void value(String name, Object value) throws XMLStreamException {
        switch (value) {
            case Instant time -> text(name, TIME.format(time));
            case SdkPojo pojo -> {
                open(name);
                fields(pojo);
                close();
            }
            case List<?> list -> {
                open(name);
                for (Object element : list) {
                    value("member", element);
                }
                close();
            }
            case Map<?, ?> map -> {
                open(name);
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    open("entry");
                    value("key", entry.getKey());
                    value("value", entry.getValue());
                    close();
                }
                close();
            }
            default -> text(name, value.toString());
        }
    }

    /** XML 1.0 cannot say most control characters, nor half a surrogate pair. */
    private static String printable(String text) {
        if (text.codePoints().allMatch(Xml::isPrintable)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(c -> isPrintable(c) ? c : '\uFFFD').forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean isPrintable(int c) {
        return c >= 0x20
                ? c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE && c < 0xFFFE || c > 0xFFFF
                : c == '\t' || c == '\n' || c == '\r';
    }
}
