//! Texts whose numbers reconcile, each with what misleads a reader who does not look closely. Sentences are our own;
//! A to D have the figures of the four abstracts of `tests/check/controls.toml`, E the rates of three registries; U to AI are in the
//! style of published series.

/// Name, text, and how many items must be found consistent at least.
pub const RECONCILES: [(&str, &str, usize); 35] = [
    (
        "A: nested groups",
        "Abstract\nWe reviewed 78 patients with calcinosis; 64 (82%) were women. Among the 28 patients who had an \
         excision, 22 had a complete response (79%), 5 a partial one (18%) and 1 none (4%). Of the 30 with lupus, \
         15 (50%) took diltiazem 180 mg/day for 12 months.\n",
        4,
    ),
    (
        "B: fractions",
        "Pamidronate was given to 14 children [3]. Pain decreased in 11/14 (78.6%) and mobility improved in 12 of 14 \
         (85.7 %). Two children, aged 5 and 12 years, had fever on day 2 (38.5 °C). Blood pressure was 120/80 mmHg.\n",
        2,
    ),
    (
        "C: a denominator stated later",
        "Fever was present in 36 (72%), rash in 18 (36%) and arthritis in 9 patients (18.0%).\n\nAll figures are of 50 \
         children seen from 2003 to 2019, a 17-year period.\n",
        4,
    ),
    (
        "D: columns of a table",
        "# Results\n\n| | Cases (n = 40) | Controls (n = 80) |\n|---|---|---|\n| Male | 13 (32.5%) | 26 (32.5%) |\n\
         | Female | 27 (67.5%) | 54 (67.5%) |\n",
        4,
    ),
    (
        "E: other people's patients",
        "Calcinosis was reported in 84 of 631 children (13%) of a registry, in 11/48 (22.9%) and in 23/54 (43%). Others \
         found it in 37 (41%) [12]. In our 5 patients it was the first sign in 2 (40%).\n",
        4,
    ),
    (
        "F: means, medians, ranges",
        "The mean number of lesions per patient was 3.20 (SD 1.30) in 5 patients. Median age was 6 years (range \
         2.5-10). Follow-up was 27 months on average (range 1-4 years). The median dose was 60 mg (IQR 30 to 150 mg), \
         the mean dose 90 mg (IQR 20–60).\n",
        3,
    ),
    (
        "G: ratios and tests",
        "Relapse was less frequent with treatment (20/50 vs 36/48, p < 0.001, chi-squared test). The odds ratio was \
         0.65 (95% CI 0.34–1.24; p = 0.19). Ages did not differ, t(28) = 2.20, p = 0.036, nor did weights, F(2, 27) = \
         3.50, p = 0.045. Sex was not associated with relapse, χ²(1, N = 90) = 3.84, p = 0.050.\n",
        5,
    ),
    (
        "H: sexes",
        "We included 50 children (30 boys and 20 girls; ratio 1.5:1) with a mean age of 8.4 ± 3.1 years. Among those \
         with fever, 12 were boys and 4 girls. In the second centre 60% were male and 40% female. Fever occurred in \
         60% of the boys and 45% of the girls.\n",
        3,
    ),
    (
        "I: arms",
        "Of 120 patients screened, 100 were randomised to colchicine (n = 51) or placebo (n = 49). Stage 3 disease \
         (40%) and grade 2 pain (12.5%) were as expected. In total, 7 (13.7%) and 3 (6.1%) withdrew.\n",
        3,
    ),
    (
        "J: incomplete data",
        "Of 50 patients, antibodies were tested in 47. They were positive in 7 (14.9%). At 12 months (80% follow-up), \
         weight had increased by 2 kg (15%) and 5 points (10%).\n\nVersion 1.2.3, doi 10.1007/s00431-021, pp 12-15, \
         January 5, 2020 (12:30). See Table 2 (72%) and Figure 3 (50%).\n",
        1,
    ),
    (
        "K: words and percentages",
        "Four of five children (80%) had dermatomyositis; one (20%) had no cause. Both knees were affected in all five \
         (100%). About a third (36%) relapsed, nearly 70% of 7 referring centres agreed, and power was 80% (5% error).\n",
        3,
    ),
    (
        "L: two groups in the same words",
        "Results\nGroup A had surgery. The median age was 5 years (range 2–9).\n\nGroup B had diltiazem. The median age \
         was 9 years (range 4–12).\n\nDiscussion\nA meta-analysis found improvement in 66 (51%).\n",
        2,
    ),
    (
        "M: the same numbers rounded",
        "Abstract\nThe mean age was 5.9 years. Surgery was performed in 2 patients.\n\nResults\nThe mean age was 5.88 \
         years. Surgery was performed in two patients.\n",
        0,
    ),
    (
        "N: differences and percentages of change",
        "CRP fell from 160 to 12 mg/L (93% decrease) in 3 patients. The difference was -0.5 (95% CI -1.2 to 0.3). \
         Sensitivity was 86.7% (95% CI 69.3–96.2%), 26 of 30. The hazard ratio for death was 2.10 (95% confidence \
         interval [CI], 1.40 to 3.15).\n",
        4,
    ),
    (
        "O: the figures of the example series",
        "The mean age of the five patients was 5.9 years, and 100% were female. Dermatomyositis was the cause in 04 \
         patients (80% of cases), in one (20%) there was none. All were girls (05 girls and 0 boys). ESR was 44 mm, CK \
         750 UI/l, platelets 443000, haemoglobin 10.7 g/dl, MCHC 31.4%.\n",
        3,
    ),
    (
        "P: things whose number is not stated",
        "We saw 50 children. Antibiotics were given in 276 (74.8 %) episodes, and 12 lesions (57%) were excised. The \
         incidence was 160.7 cases (95 % confidence interval [CI]: 144.7–177.9) per 1000 person-years.\n",
        0,
    ),
    (
        "Q: shares of the sexes",
        "We saw 110 children. Fever was present in 21 of 50 girls and in 30 of 60 boys, rash in 12/50 boys and 20/50 \
         girls. Among girls 30 (60%) had pain and among boys 21 (35%).\n",
        2,
    ),
    (
        "R: ratios and what looks like them",
        "The OR was 0.65 (0.34–1.24). Patients improved or 3.5 (1.2 mg) was given. Risk ratios have been reported, 1.50 \
         (12–14), and the median risk ratio 2 (2001–2005). The dose was 5 mg or 2.5 mg (0.5–1.5).\n",
        1,
    ),
    (
        "S: of whom",
        "We saw 51 patients, 13.7% of whom had pain, and 51 patients and 30 controls, 20% of whom were boys; 36 had \
         an excision, about 14% of whom relapsed.\n",
        2,
    ),
    (
        "T: a table of rows that overlap, with shares of its rows",
        "| | Boys, n (%) | Girls, n (%) | Total |\n|---|---|---|---|\n| Rash | 13 (41) | 19 (59) | 32 |\n| Fever | 10 (40) \
         | 15 (60) | 25 |\n| Age, median (IQR) | 6 (5) | 7 (4) | 6 |\n| Total | 20 | 24 | 44 |\n",
        7,
    ),
    (
        "U: middle dots of a journal",
        "Background\nJuvenile dermatomyositis is rare. We describe a national cohort.\nMethods\nWe included all children seen at 14 centres between Jan 1, 2008, and Dec 31, 2017.\nFindings\nOf 196 children, 131 (67%) were girls and 65 (33%) were boys; median age at onset was 6·8 years (IQR 4·3–10·2). Calcinosis developed in 45 (23%) of 196 children after a median of 2·9 years (1·1–5·4). Of these 45, 30 (67%) had anti-NXP2 antibodies, compared with 48 (32%) of 151 without calcinosis (odds ratio 4·29, 95% CI 2·12–8·68; p<0·0001). Three (2%) children died.\n",
        1,
    ),
    (
        "V: numbers in words and what remains",
        "Results: Eleven patients (seven women, four men) were treated. Three of the eleven had bilateral disease. The mean age was 42.5 years (range, 21 to 68). Twenty-one lesions were excised; one (5%) recurred. Eight patients (73%) were satisfied, two (18%) were not, and the remaining one (9%) was lost to follow-up.\n",
        1,
    ),
    (
        "W: patients and hips",
        "A total of 38 consecutive patients (40 hips) underwent surgery. There were 22 males and 16 females, with a male:female ratio of 1.4:1. Mean follow-up was 34 ± 11 months (range 12–60). The Harris score rose from 48.2 ± 9.6 to 88.7 ± 7.4 points (p < 0.001). Complications occurred in 5 hips (12.5%): 3 superficial infections (7.5%) and 2 dislocations (5%).\n",
        1,
    ),
    (
        "X: a risk difference",
        "Sixty patients were randomized 1:1 to colchicine (n=30) or placebo (n=30). At 12 weeks, 18/30 (60.0%) vs 9/30 (30.0%) responded (risk difference 30.0 percentage points; 95% CI 6.0–54.0; P=.02). Adverse events: 7 (23.3%) and 4 (13.3%), respectively. Two patients in each group withdrew (6.7%).\n",
        1,
    ),
    (
        "Y: decimal commas",
        "We studied 40 patients: 25 (62,5%) were women and 15 (37,5 %) men. The mean age was 54,3 (SD 12,1) years. Pain was present in 33 (82,5%), swelling in 20 (50,0%).\n",
        1,
    ),
    (
        "Z: a third class that is not stated",
        "We identified 212 reports, of which 48 were duplicates; 164 were screened and 131 excluded. The remaining 33 were read in full, and 12 were included (n = 12), with 87 patients. Of the 87, 50 were female (57.5%), 35 were male (40.2%) and in 2 (2.3%) sex was not stated.\n",
        1,
    ),
    (
        "AA: a table with three forms of cells",
        "# Results\n\nTable 1. Characteristics\n\n| Characteristic | Calcinosis (n = 24) | No calcinosis (n = 56) | P |\n|---|---|---|---|\n| Age, years, median (IQR) | 6.5 (4.0–9.0) | 8.0 (5.5–11.0) | 0.08 |\n| Female, n (%) | 16 (66.7) | 35 (62.5) | 0.72 |\n| Disease duration, months | 31 ± 14 | 12 ± 9 | <0.001 |\n| Anti-NXP2, n/N (%) | 12/20 (60.0) | 11/44 (25.0) | 0.006 |\n| Death | 1 (4.2) | 0 (0) | 0.30 |\n",
        1,
    ),
    (
        "AB: fractions in words, and the interval of a rate",
        "CRP decreased from a median of 35 mg/L (IQR 12–60) to 4 mg/L (2–8) after 6 months (p = 0.002, Wilcoxon). Two-thirds of the 18 patients (12, 67%) tapered prednisone below 5 mg/d; half (9/18) stopped it. The response rate was 72% (13 of 18; 95% CI 47%–90%).\n",
        1,
    ),
    (
        "AC: others and our own",
        "Our patient is the 13th reported. In the literature, 84/631 (13%), 11 of 48 (22.9%), and 23 of 54 (43%) developed calcinosis [4-6]. In a 2016 review of 78 patients, diltiazem gave a partial response in 9 of 17 (53%). Among our 5 cases, diltiazem was given to 1 (20%).\n",
        1,
    ),
    (
        "AD: shares of subgroups",
        "We enrolled 120 adults (mean age 51 years; 64% women). Seventy-seven were women (64.2%). Smokers made up 30% (36/120); among women, 20 of 77 (26%) smoked, among men 16 of 43 (37%). Diabetes was present in 12% of women and 21% of men.\n",
        1,
    ),
    (
        "AE: patients with several items",
        "Symptoms in the 25 patients were pain (20, 80%), ulceration (11, 44%), contracture (7, 28%) and fever (2, 8%); some had several. Sites: knee 14 (56%), elbow 12 (48%), hip 9 (36%), trunk 3 (12%). In total 38 sites were recorded, a mean of 1.52 per patient.\n",
        1,
    ),
    (
        "AF: survival at several times",
        "Overall survival at 1, 3 and 5 years was 92% (95% CI 85–99), 81% (70–92) and 74% (61–87). Eleven of 58 patients died (19%). On multivariable analysis, age (HR 1.04 per year, 95% CI 1.01–1.07, p = 0.01) and stage IV (HR 3.2, 1.5–6.8; p = 0.003) predicted death.\n",
        1,
    ),
    (
        "AG: denominators of those tested",
        "Biopsy was done in 31 of 42 patients (74%). Of the 31 biopsies, 19 (61%) showed calcification, 8 (26%) granuloma, and 4 (13%) neither. EMG, available in 28 patients, was myopathic in 21 (75%). Ferritin was raised in 9 of the 15 tested (60%).\n",
        1,
    ),
    (
        "AH: doses and times",
        "All 9 children received methylprednisolone 30 mg/kg/day (max. 1 g) for 3 days, then prednisone 2 mg/kg/day. Methotrexate 15 mg/m2 weekly was given to 7 (78%) and IVIG 2 g/kg/month to 4 (44%). Follow-up was 2.5 years (1.0–7.5). Laboratory: CK 1,950 U/L, LDH 192 U/L, platelets 429,000/mm3, ESR 86/120 mm.\n",
        1,
    ),
    (
        "AI: a ratio in brackets",
        "We saw 51 patients over 12 years (2005-2016): 34 women, 17 men (2:1). Mean age 47.3 years (SD 15.2; range 18–79). Forty-six (90.2%) were white; five (9.8%) were not. Recurrence: 4/51 (7.8%, 95% CI 2.2 to 18.9). Twenty patients (39%) had unilateral and 31 (61%) bilateral disease.\n",
        1,
    ),
];
