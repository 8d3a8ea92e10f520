//! Sentences and tables as an editor meets them: those that reconcile, and those of which one number was changed.

/// Texts in which nothing is impossible.
pub const POSSIBLE: [&str; 31] = [
    // Numbers in words, and digits in groups.
    "One hundred and five patients (62 women, 43 men) were included.",
    "Two hundred twelve patients (112 women, 100 men) were included.",
    "Twelve hundred patients (700 women, 500 men) were included.",
    "One thousand, two hundred and five patients (700 women, 505 men) were included.",
    "Of one hundred and five patients, 21 (20%) relapsed.",
    "Twenty five patients (15 women, 10 men) were included.",
    "A total of 1 236 patients (610 men, 626 women) were seen.",
    "A total of 1\u{a0}236 patients (610 men, 626 women) were seen.",
    "Of 12\u{2009}345 births, 1\u{2009}235 (10.0%) were preterm.",
    "We analysed 12\u{202f}345 records; 6\u{202f}000 (48.6%) were of men.",
    "A total of 1\u{2019}236 patients (610 men, 626 women) were seen.",
    "At week 12 345 patients (200 women, 145 men) were seen.",
    "| | Cases (n = 1\u{2009}200) | Controls (n = 2\u{2009}400) |\n|---|---|---|\n| Women | 600 (50.0%) | 1\u{2009}200 (50.0%) |\n| Men | 600 \
     (50.0%) | 1\u{2009}200 (50.0%) |\n",
    "| Year | Births | Cases, n (%) |\n|---|---|---|\n| 2015 | 12 345 | 25 (0.20) |\n| 2016 | 11 200 | 20 (0.18) |\n| Total | 23 545 | 45 \
     (0.19) |\n",
    // Rows of cases without a value.
    "| Characteristic | N = 20 |\n|---|---|\n| Smoker | 5 (29%) |\n| Unknown | 3 |\n",
    "| Characteristic | N = 20 |\n|---|---|\n| Smoker | 5 (29%) |\n| Not reported | 3 (15%) |\n",
    "| Characteristic | N = 20 |\n|---|---|\n| Stage | |\n| I | 5 (29%) |\n| II | 12 (71%) |\n| Missing | 3 |\n",
    // Other people's patients.
    "We saw 40 patients.\n\n# Discussion\n\nIn a French cohort, 12 patients (22%) died.",
    "We saw 40 patients. In another study, 12 patients (22%) died.",
    "We saw 40 patients. A Swedish national study found fever in 12 patients (22%).",
    "We saw 40 patients. M\u{fc}ller reported fever in 12 patients (22%).",
    "We saw 40 patients. In the RECOVERY trial, 12 patients (22%) died.",
    "We saw 40 patients. Fever was found in 12 patients (22%) in the largest series.",
    "We saw 40 patients.\n\n# Discussion\n\nFever was then found in 12 patients (22%).",
    // Another subject in the sentence before.
    "# Abstract\n\nThe median follow-up was 24 months.\n\n# Results\n\nIn the surgical group, 12 improved. The median follow-up was 30 \
     months.",
    "# Abstract\n\nThe median follow-up was 24 months.\n\n# Results\n\nTwelve patients relapsed. The median follow-up was 30 months in \
     these.",
    "# Abstract\n\nThe mean age was 24 years.\n\n# Results\n\nAmong women, fever was common. The mean age was 30 years.",
    // The percentage is of all, the number behind it of some.
    "We saw 40 patients. Fever was seen in 10 (25%) of 12 with a rash.",
    "Of 46 patients, 22 had autism and 24 did not.",
    "| | N = 20 |\n|---|---|\n| Male | 12 (60%) |\n| Fever | 15 (75%) |\n| All patients | 20 |\n",
    "Six had hypoxia; outcome was better: 13/15 (86.7%).",
];

/// Texts with a number in the place of another one, with which they reconcile, and the verdict and relation that are named.
pub const CHANGED_ONE: [(&str, &str, &str, &str, &str); 18] = [
    ("Of 2 450 children, 1 225 (40%) were girls.", "40%", "50%", "impossible", "percentage"),
    (
        "| Characteristic | N = 20 |\n|---|---|\n| Smoker | 5 (39%) |\n| Unknown | 3 |\n",
        "39%",
        "29%",
        "impossible",
        "percentage",
    ),
    (
        "Fever was seen in 19 (73%) of 30 younger patients and in 26 (31%) of 84 older patients.",
        "73%",
        "63%",
        "impossible",
        "percentage",
    ),
    ("We saw 26 boys and 30 girls. Fever was seen in 19 (73%) of 30 girls.", "73%", "63%", "impossible", "percentage"),
    ("There was an effect (OR 0.5, 95% CI -0.2 to 1.2).", "-0.2", "0.2", "impossible", "interval"),
    ("Sensitivity was 86% (95% CI 70-104%).", "104", "97", "conditional", "interval"),
    ("It was found in 8% (95% CI -2% to 18%).", "-2%", "2%", "conditional", "interval"),
    ("We studied 46 children. Of these, 22 were boys and 34 were girls.", "34", "24", "impossible", "categories"),
    ("We saw 36 patients. It was common (42.7%, 17/36).", "42.7%", "47.2%", "impossible", "percentage"),
    ("We saw 36 patients. It was common (17/36; 42.7%).", "42.7%", "47.2%", "impossible", "percentage"),
    ("We saw 36 patients. It was common in 42.7% (n = 17/36).", "42.7%", "47.2%", "impossible", "percentage"),
    ("Outcome was better: 13/15 (76.8%).", "76.8%", "86.7%", "impossible", "percentage"),
    ("| Sex | n |\n|---|---|\n| Male | 20 |\n| Female | 5 |\n| All | 26 |\n", "26", "25", "conditional", "total"),
    ("Of 46 patients, 22 had autism and 34 did not.", "34", "24", "impossible", "categories"),
    ("We reviewed 46 patients, 22 with autism and 34 without.", "34", "24", "impossible", "categories"),
    ("We reviewed 46 patients (22 with and 34 without autism).", "34", "24", "impossible", "categories"),
    ("Of 25 patients, 9 relapsed and 17 did not relapse.", "17", "16", "impossible", "categories"),
    ("We reviewed 46 patients (22 F, 34 M).", "34", "24", "impossible", "categories"),
];
