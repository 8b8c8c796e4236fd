"""What the demo says. The facts of the first half of 2021 are those of the old portal's page; the words are our own."""
