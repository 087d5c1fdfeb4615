package io.failoverlab.top;

/** How something is: by a shape and by a colour, which only repeats it. */
enum Tone {
    GOOD("●", "o", 32),
    BAD("✖", "x", 31),
    WARN("◐", "!", 33),
    BUSY("◌", "~", 36),
    IDLE("○", "-", 0),
    FAULT("ϟ", "*", 35),
    UNKNOWN("?", "?", 2);

    private final String shape;
    private final String asciiShape;
    private final int colour;

    Tone(String shape, String asciiShape, int colour) {
        this.shape = shape;
        this.asciiShape = asciiShape;
        this.colour = colour;
    }

    String shape(boolean ascii) {
        return ascii ? asciiShape : shape;
    }

    /** Of "Select Graphic Rendition" (ECMA-48); 0 is none. */
    int colour() {
        return colour;
    }
}
