use std::io::Read;

fn main() -> Result<(), String> {
    let text = read(std::env::args().nth(1), std::io::stdin())?;
    print!("{}", report(&text));
    Ok(())
}

/// The text of a file, or of the other input where no file is named.
fn read(path: Option<String>, mut other: impl Read) -> Result<String, String> {
    if let Some(path) = path {
        return std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"));
    }
    let mut text = String::new();
    other
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())?;
    Ok(text)
}

/// The ten most frequent words, one a line.
fn report(text: &str) -> String {
    tally::top(&tally::count(text), 10)
        .into_iter()
        .map(|(word, n)| format!("{n:>6}  {word}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_it_reads() {
        let text = read(None, "to be or not to be".as_bytes()).unwrap();
        assert!(report(&text).starts_with("     2  be\n     2  to\n"));
    }

    #[test]
    fn names_the_file_that_is_missing() {
        let error = read(Some("missing.txt".into()), std::io::empty()).unwrap_err();
        assert!(error.starts_with("missing.txt: "));
    }
}
