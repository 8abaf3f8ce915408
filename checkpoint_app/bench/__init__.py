"""Side-by-side measurements; may import the bare libraries it measures."""
