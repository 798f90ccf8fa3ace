use std::io::Read;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tally: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut text = String::new();
    match std::env::args().nth(1) {
        Some(path) => {
            text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?
        }
        None => {
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| error.to_string())?;
        }
    }
    for (word, n) in tally::top(&tally::count(&text), 10) {
        println!("{n:>6}  {word}");
    }
    Ok(())
}
