//! Texts whose percentages and categories are of other cases than the first number says, and none of which is wrong.

/// Texts in which nothing is impossible, and nothing only possible under a condition.
pub const OF_OTHERS: [&str; 38] = [
    // Women and men of a subgroup.
    "Forty-five patients were included, 25 women and 20 men. ANA were positive in 8 women and 4 men.",
    "Forty-five patients were included, 25 women and 20 men. Deaths occurred in 8 women and 4 men.",
    "Forty-five patients were included, 25 women and 20 men. Eight women and four men died.",
    "Forty-five patients were included, 25 women and 20 men. Twelve (8 women, 4 men) died.",
    "We saw 45 patients. Relapsers (12 women, 8 men) were older.",
    "We saw 45 patients. Smokers: 8 women, 4 men.",
    "There were 20 men and 20 women. Hypertension was seen in 10 men (50%) and 8 women (40%).",
    "60 children. In the first cohort there were 12 boys and 8 girls, in the second 25 boys and 15 girls.",
    // Categories with a third one.
    "We report 45 patients. Uveitis was unilateral in 8 and bilateral in 4 patients.",
    "We report 45 patients. It was unilateral in 20 and bilateral in 8 of the 30 patients; 2 had no imaging.",
    "Of 43 patients, three died; 30 survivors (75%) had a good outcome.",
    // A fraction behind a colon.
    "We saw 23 patients. Relapse: 3 of 14 (21%).",
    "We saw 60 patients. Mortality: 2 of 40 (5%).",
    // Numbers of people nearby, and the whole less those left out.
    "We treated 43 patients; follow-up was available for 40. Good outcome was seen in 30 (75%).",
    "Of 43 patients, three were lost to follow-up. The others were seen for a year. Good outcome was seen in 30 (75%).",
    "We saw 43 patients. Three patients declined consent. Good outcome was seen in 30 (75%).",
    "Of 43 patients, 40 completed follow-up. Good outcome 30 (75%), fair 6 (15%), poor 4 (10%).",
    "We saw 45 patients; 3 were excluded. A rash was found in 21 (50%).",
    "Of 45 patients, 20 (44%) had A. Of the others, 5 (20%) responded.",
    // Arms.
    "Of 80 patients, 40 received A and 40 B. Cure: A 30 (75%), B 22 (55%).",
    "Forty patients (20 per group) were analysed. Response was seen in 15 (75%) and 9 (45%), respectively.",
    "We randomised 45 patients 1:1.25 (20 vs 25). Response was seen in 15 (75%) and 15 (60%).",
    "Sixty patients (30 per arm) were analysed. Response was seen in 15 (50%) and 12 (40%), respectively.",
    "We saw 40 patients.\n\n| Finding | n (%) |\n|---|---|\n| Rash | 20 (50) |\n| Arthritis (of 18 examined) | 9 (50) |\n",
    // No total, or one behind.
    "The dose was 5 mg in 12 patients (60%) and 10 mg in 8 (40%).",
    "Women: n = 8 (66.7%); men: n = 4 (33.3%).",
    "Type 1 diabetes in 3 (7.5%), type 2 in 9 (22.5%) of 40.",
    "One lesion was found in 20 patients (40%), two lesions in 18 patients (36%) and three in 12 patients (24%).",
    "At day 7, 10 (20%) of 50, at day 14, 25 (50%) had healed.",
    "T2 hyperintensity was seen in 30 (60%), T1 in 10 (20%) of 50.",
    "| Characteristic | n (%) |\n|---|---|\n| Male | 12 (60) |\n| <50 | 8 (40) |\n",
    // Rates are not whole numbers.
    "Mean number of attacks per year was 3.47 in 7 patients.",
    "In 7 patients the mean number of weekly headaches was 2.25 (averaged over 4 weeks).",
    // Others that resemble what is found.
    "We saw 97 patients, 67 men and 30 women (M:F 2.2:1).",
    "The median age was 57 years (IQR 49\u{2013}66, range 40\u{2013}79).",
    "Three of 21 died (mortality 14.3%).",
    "We saw 37 patients: stage I in 10, II in 14, III in 13.",
    "A total of 21 events occurred: 9, 7 and 5.",
];
