#[test]
fn the_most_frequent_word_comes_first() {
    let counts = tally::count("a rose is a rose is a rose");
    assert_eq!(tally::top(&counts, 2), [("a", 3), ("rose", 3)]);
}

#[test]
fn a_limit_beyond_the_words_gives_all_of_them() {
    let counts = tally::count("one two");
    assert_eq!(tally::top(&counts, 100).len(), 2);
}
