//! x
fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let threads = std::env::args().nth(2).and_then(|t| t.parse().ok());
    let inputs = calc_series::read::Inputs::open(&[path], &Default::default());
    let inputs = match inputs {
        Ok(i) => i,
        Err(e) => {
            println!("{e:?}");
            return;
        }
    };
    let settings = calc_series::tally::Settings { threads, ..Default::default() };
    match calc_series::tally::read_cohort(&inputs, &settings) {
        Ok(c) => {
            println!("{}", c.cases);
            for v in &c.variables {
                println!("{} {:?} {:?} {}", v.variable.name, v.variable.role, v.variable.kind, v.variable.why);
            }
            for g in c.findings.groups() {
                println!("{} x{} {:?}", g.first[0].message, g.total, g.first[0].place.column);
            }
        }
        Err(e) => println!("{e:?}"),
    }
}
