package io.failoverlab.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What the shop sells on its first day: the same {@value #COUNT} items everywhere and for ever. */
final class ItemSeeds {
    static final int COUNT = 1200;
    private static final long SEED = 20_260_101;
    private static final List<String> QUALITIES = List.of(
            "Walnut",
            "Oak",
            "Bamboo",
            "Linen",
            "Copper",
            "Brass",
            "Enamel",
            "Ceramic",
            "Leather",
            "Cork",
            "Slate",
            "Wool",
            "Cotton",
            "Steel",
            "Marble",
            "Rattan",
            "Glass",
            "Felt",
            "Cedar",
            "Recycled",
            "Travel",
            "Compact",
            "Classic",
            "Midnight",
            "Coral",
            "Indigo",
            "Moss",
            "Sand",
            "Sunset",
            "Arctic");
    private static final List<String> THINGS = List.of(
            "Desk Lamp",
            "Bookend",
            "Teapot",
            "Mug",
            "Serving Tray",
            "Fruit Bowl",
            "Candle Holder",
            "Picture Frame",
            "Wall Clock",
            "Pen Stand",
            "Notebook",
            "Document Tray",
            "Laptop Sleeve",
            "Backpack",
            "Wallet",
            "Key Ring",
            "Umbrella",
            "Scarf",
            "Throw Blanket",
            "Cushion",
            "Door Mat",
            "Storage Basket",
            "Plant Pot",
            "Watering Can",
            "Garden Stool",
            "Bird Feeder",
            "Lunch Box",
            "Water Bottle",
            "Coffee Dripper",
            "Pepper Mill",
            "Salt Cellar",
            "Cutting Board",
            "Bread Bin",
            "Apron",
            "Trivet",
            "Coaster Set",
            "Vase",
            "Mirror",
            "Coat Hook",
            "Step Stool");

    private ItemSeeds() {}

    /** Ids 1 to {@value #COUNT}, every quality of every thing, shuffled, so that a page shows a mixture. */
    static List<Item> all() {
        List<String> names = new ArrayList<>(COUNT);
        for (String quality : QUALITIES) {
            for (String thing : THINGS) {
                names.add(quality + " " + thing);
            }
        }
        Random random = new Random(SEED);
        Collections.shuffle(names, random);
        List<Item> items = new ArrayList<>(COUNT);
        for (String name : names) {
            int id = items.size() + 1;
            items.add(new Item(
                    id, String.format(Locale.ROOT, "FL-%05d", id), name, 290 + 10L * random.nextInt(1, 2000), 1));
        }
        return items;
    }
}
