//! Texts with one error each, of every kind that a scan finds.

/// The kind, the text, and what must be named impossible: its relation and a part of what is printed.
pub const PLANTED: [(&str, &str, &str, &str); 24] = [
    ("a wrong percentage beside its fraction", "Fever was seen in 36/50 children (76%).", "percentage", "36/50"),
    (
        "a percentage that no count of the stated cases has",
        "We saw 50 children. Fever was present in 36 (70%) and rash in 18 (36%).",
        "percentage",
        "36 (70%)",
    ),
    (
        "a percentage of another denominator",
        "We saw 50 patients. Pain was relieved in 7 (13.7%).",
        "percentage",
        "7 (13.7%)",
    ),
    ("a percentage that five cases cannot have", "Surgery cured 70% of the 5 patients.", "percentage", "70% of the 5"),
    ("a part larger than its whole", "Antibodies were found in 6 of 5 patients.", "part", "6 of 5"),
    ("more than all", "We saw 50 children. Fever was present in 55 (110%).", "percentage", "55 (110%)"),
    (
        "sexes that do not add up",
        "We treated 50 children (30 boys and 21 girls).",
        "categories",
        "30 boys and 21 girls",
    ),
    (
        "categories of the sentence before",
        "The series has 50 patients. It was unilateral in 38 and bilateral in 13.",
        "categories",
        "unilateral in 38 and bilateral in 13",
    ),
    ("percentages of both sexes", "Of all cases, 62% were male and 48% female.", "categories", "62% were male and 48%"),
    ("a wrong ratio", "There were 30 boys and 20 girls (ratio 2.5:1).", "ratio", "2.5:1"),
    (
        "arms that do not add up",
        "In all, 100 patients were randomised to colchicine (n = 51) or placebo (n = 50).",
        "categories",
        "51) or placebo (n = 50",
    ),
    (
        "a mean that counts cannot have",
        "In 7 patients the mean number of lesions was 3.47.",
        "mean",
        "mean number of lesions was 3.47",
    ),
    (
        "an SD that counts cannot have",
        "In 5 patients the mean number of lesions was 3.20 (SD 1.55).",
        "mean",
        "mean number of lesions was 3.20 (SD 1.55",
    ),
    ("a mean outside its range", "The mean age was 11.2 years (range 2–10 years).", "mean", "11.2 years (range 2–10"),
    ("a median outside its quartiles", "Median CK was 750 (IQR 160–700).", "median", "750 (IQR 160–700"),
    (
        "an SD too large for its range",
        "In 20 patients the mean age was 6.0 ± 5.2 years (range 2–10).",
        "mean",
        "6.0 ± 5.2",
    ),
    (
        "an estimate outside its interval",
        "The odds ratio was 1.65 (95% CI 0.18–1.24).",
        "interval",
        "1.65 (95% CI 0.18–1.24",
    ),
    ("ends in the wrong order", "The hazard ratio was 0.65 (95% CI, 1.24 to 0.18).", "interval", "0.65"),
    ("a p that is not that of t", "Ages differed, t(28) = 2.20, p = 0.36.", "test", "t(28) = 2.20, p = 0.36"),
    ("a p that is not that of F", "Weights differed (F(2, 27) = 3.50, p = 0.0045).", "test", "F(2, 27)"),
    ("a p that is not that of chi-squared", "Sex mattered, χ²(1, N = 90) = 3.84, p = 0.005.", "test", "χ²"),
    (
        "a p that the two fractions do not have",
        "By Fisher's exact test, relapse was rarer with treatment (20/50 vs 22/48, p = 0.002).",
        "two_by_two",
        "20/50 vs 22/48",
    ),
    ("a p above 1", "There was no difference (p = 1.36).", "p_value", "p = 1.36"),
    ("years that do not fit", "Over a 12-year period from 2003 to 2019 we saw 5 cases.", "period", "12-year period"),
];
