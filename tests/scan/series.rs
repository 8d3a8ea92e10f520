//! Series of ten specialties in the manner of published abstracts, with their tables in every format that is read, and
//! the same with one number changed. The sentences are our own.

/// The extension of the file, and its text; every number reconciles.
pub const SERIES: [(&str, &str, &str); 10] = [
    (
        "derm",
        "md",
        r##"# Pyoderma gangrenosum in childhood: a series of 18 cases

**Background.** Pyoderma gangrenosum is uncommon before the age of 18 years.

**Methods.** Records of two hospitals from 2004 to 2018 were searched.

**Results.** Eighteen children (11 girls and 7 boys; M:F 1:1.6) were identified, with a median age of 9.5 years (IQR 6-13, range 1-17). One in three had an underlying disease: ulcerative colitis in 4, Crohn disease in 2. None of the 18 had a haematological malignancy. All but one received systemic corticosteroids (17/18, 94%), and a third of the patients needed a second drug (6/18). Lesions were on the legs in 12 (67%), buttocks in 5 (28%) and head in 3 (17%); two children had lesions in more than one region. Healing took 7.2 weeks (SD 3.4) on average. At last follow-up, 15 were healed, 2 had active disease and 1 was lost.

| Feature | Girls (n = 11) | Boys (n = 7) | All (n = 18) |
|---|---|---|---|
| Leg | 7 (64%) | 5 (71%) | 12 (67%) |
| Associated disease | 4 (36%) | 2 (29%) | 6 (33%) |
| Relapse | 3 (27%) | 1 (14%) | 4 (22%) |
"##,
    ),
    (
        "cardio",
        "html",
        r##"<html><body><h1>Peripartum cardiomyopathy</h1><h2>Results</h2><p>Between 2010 and 2020, 42 women were treated; 14/42 (33%) were diagnosed before delivery and the other 28 (67%) after it. Mean age was 31.4 &plusmn; 5.8 years. Left ventricular ejection fraction was 28.6% &plusmn; 9.1% at presentation and 48.3% &plusmn; 11.2% at six months. Two thirds (28 of 42) recovered fully. Bromocriptine was given to 19 women (45.2%), of whom 15 (78.9%) recovered, compared with 13 of 23 (56.5%) without it (p = 0.19, Fisher's exact test). Three women died (7.1%) and two underwent transplantation (4.8%).</p>
<table><tr><th>NYHA class</th><th>n</th><th>%</th></tr><tr><td>II</td><td>8</td><td>19.0</td></tr><tr><td>III</td><td>21</td><td>50.0</td></tr><tr><td>IV</td><td>13</td><td>31.0</td></tr><tr><td>Total</td><td>42</td><td>100</td></tr></table></body></html>"##,
    ),
    (
        "neuro",
        "tex",
        r##"\documentclass{article}\begin{document}\section{Results}
We report 26 patients (15 men, 11 women) with autoimmune encephalitis. Median age was 44 years (range 19 to 78). Seizures, memory loss and psychiatric symptoms occurred in 20, 17 and 12 patients, respectively (77\%, 65\% and 46\%). MRI was normal in 9/26 (35\%). Of the 17 with abnormal MRI, 11 (65\%) had bilateral and 6 (35\%) unilateral changes. Modified Rankin score fell from 4 (IQR 3--5) to 2 (IQR 1--3) ($p < 0.001$). Oligoclonal bands were found in 8 of the 22 tested (36\%). Half of the patients (13/26) received rituximab. No patient died during admission; two (8\%) died later.

\begin{tabular}{lrr}
Antibody & n & Relapse \\
\hline
NMDAR & 12 & 3 (25\%) \\
LGI1 & 9 & 2 (22\%) \\
CASPR2 & 5 & 1 (20\%) \\
Total & 26 & 6 (23\%) \\
\end{tabular}
\end{document}"##,
    ),
    (
        "ortho",
        "txt",
        r##"Abstract

Objective: To describe the results of surgery for slipped capital femoral epiphysis.
Methods: Retrospective review of 37 hips in 31 patients.
Results: There were 20 boys and 11 girls with a mean age of 12.4 years (SD 1.6; range 9 to 15). Six patients (19%) had bilateral disease. Mean slip angle was 38.2 degrees (SD 14.7, range 12 to 71). Avascular necrosis developed in 4 of 37 hips (10.8%), chondrolysis in 2 (5.4%). Mean follow-up was 4.1 years (range 2.0-9.3). Nineteen hips were rated excellent, 11 good, 4 fair and 3 poor. Patients with unstable slips (9 hips) had more avascular necrosis than those with stable slips (3/9 vs 1/28; p=0.04).
Conclusion: Avascular necrosis occurred in 10.8% of hips.
"##,
    ),
    (
        "onco",
        "xml",
        r##"<?xml version="1.0"?><article><front><article-meta><abstract><p>We describe 64 adults with primary cutaneous lymphoma. Forty (62.5%) were male. The 5-year overall survival was 81% (95% CI 69-90%).</p></abstract></article-meta></front><body><sec><title>Results</title><p>Of 64 patients, 41 (64%) had mycosis fungoides, 12 (19%) anaplastic lymphoma and 11 (17%) B-cell lymphoma. Stage was IA in 18, IB in 14, IIA in 5 and IIB in 4 of those with mycosis fungoides. Complete remission was obtained in 38 patients (59%; 95% CI 46-71%), partial remission in 17 (27%) and none in 9 (14%). Among complete responders, 10 of 38 (26%) relapsed after a median of 14 months (IQR 8-27). Median follow-up was 52 months (range, 3-168). Eight patients died, of lymphoma in 5 and of other causes in 3.</p><table-wrap><table><thead><tr><th>Response</th><th>Mycosis fungoides</th><th>Anaplastic</th><th>B-cell</th><th>Total</th></tr></thead><tbody><tr><td>Complete</td><td>20 (49%)</td><td>10 (83%)</td><td>8 (73%)</td><td>38 (59%)</td></tr><tr><td>Partial</td><td>14 (34%)</td><td>1 (8%)</td><td>2 (18%)</td><td>17 (27%)</td></tr><tr><td>None</td><td>7 (17%)</td><td>1 (8%)</td><td>1 (9%)</td><td>9 (14%)</td></tr><tr><td>Total</td><td>41</td><td>12</td><td>11</td><td>64</td></tr></tbody></table></table-wrap></sec></body></article>"##,
    ),
    (
        "renal",
        "md",
        r##"## Results

Twelve patients were included: 7 females and 5 males (F:M ratio 1.4:1), aged 3-16 years (mean 8.9). None of the 12 had a family history. Proteinuria was present in all, haematuria in all but two (10/12; 83%), and hypertension in three quarters (9/12). Serum creatinine was 1.9 mg/dL (IQR 0.8-3.1). Biopsy, performed in 11 of the 12, showed crescents in 7 (64%). Eight children (67%) needed dialysis, five of them (63%) for less than a month. At one year 2/12 (17%) had end-stage disease, 6 (50%) had proteinuria and 4 (33%) were in full remission.

| Age group | No. | Dialysis, n (%) |
|---|---|---|
| < 6 years | 3 | 2 (67) |
| 6-12 years | 6 | 4 (67) |
| > 12 years | 3 | 2 (67) |
| Total | 12 | 8 (67) |
"##,
    ),
    (
        "pulmo",
        "txt",
        r##"Results

Over 8 years (2011-2018), 57 consecutive patients with eosinophilic pneumonia were seen. The sex ratio was 0.9 (27 men, 30 women). Asthma preceded the diagnosis in 31/57 (54%) by a mean of 6.3 years. Never smokers made up 70% of the cohort (40/57), ex-smokers 23% (13/57) and current smokers 7% (4/57). Blood eosinophils were 5.8 +/- 4.2 x 10^9/L. FEV1 was below 80% predicted in 24 of 51 patients with spirometry (47%). Prednisone was started at a median dose of 0.5 mg/kg (range 0.3 to 1.0) in 55 patients; the remaining two improved without treatment. Relapse: 30 patients (53%), of whom 12 (40%) relapsed more than once. The hazard ratio for relapse with asthma was 0.61 (95% CI 0.29 to 1.27; p = 0.19). Mean duration of treatment was 15.4 months (95% CI 12.1 to 18.7).
"##,
    ),
    (
        "infect",
        "md",
        r##"# Abstract

We describe nine immunocompromised adults (five kidney recipients, three with leukaemia, one with HIV) with disseminated nocardiosis. Two out of nine (22%) died. Two in three had brain abscesses (6/9).

# Results

Median age: 58 yr [range 33-71]. Men accounted for 78% (7/9). Time to diagnosis was 24 days (IQR: 11-40). Brain imaging was abnormal in 6/8 (75%); one patient was not imaged. Cotrimoxazole was given to 8 of 9, alone in 2 and in combination in 6. Minor side effects, major side effects and no side effects were noted in 3, 2 and 4 patients, respectively. Seven of nine survived to 12 months.

| | n/N (%) |
|---|---|
| Fever | 7/9 (78) |
| Cough | 5/9 (56) |
| Skin nodules | 3/9 (33) |
| Positive blood culture | 2/7 (29) |
"##,
    ),
    (
        "gastro",
        "txt",
        r##"Results. A total of 145 children (76 boys, 52.4%) with eosinophilic oesophagitis were enrolled at a mean age of 8.7 years (SD 4.3). Symptoms differed by age: feeding refusal was seen in 18/33 toddlers (54.5%), vomiting in 29/61 school children (47.5%) and dysphagia in 34/51 adolescents (66.7%). Atopy was present in 101 (69.7%). After eight weeks, histological remission was found in 62/88 (70.5%) on budesonide, 21/40 (52.5%) on proton pump inhibitors and 9/17 (52.9%) on diet. Overall, 92 of 145 (63.4%) responded. Nine per cent (13/145) had strictures. Mean peak eosinophil count decreased by 61%, from 58 to 22.6 per field.
"##,
    ),
    (
        "endo",
        "md",
        r##"## Patients and results

The cohort comprised 33 patients with adrenal incidentaloma: 21 women (63.6%), 12 men (36.4%). Mean age 57.8 ± 11.3 yr (range 29–80). Lesions were right-sided in 13, left-sided in 16 and bilateral in 4. Mean size: 2.6 ± 1.1 cm. Autonomous cortisol secretion was diagnosed in eight (24.2%), phaeochromocytoma in 2 (6.1%); the other 23 (69.7%) were non-functional. Hypertension was more frequent in the former (7/8, 87.5%) than in the latter (11/23, 47.8%), p = 0.095 by Fisher's exact test. Thirty-three percent (11/33) underwent surgery. The number of lesions per patient was 1 in 26, 2 in 5 and 3 in 2 patients.
"##,
    ),
];

/// The series, what stands in it, and what stands in its place in the text with an error: something is then impossible, or
/// possible only under a condition.
pub const CHANGED: [(&str, &str, &str); 49] = [
    ("derm", r"M:F 1:1.6", r"M:F 1:1.9"),
    ("derm", r"range 1-17)", r"range 10-17)"),
    ("derm", r"(17/18, 94%)", r"(16/18, 89%)"),
    (
        "derm",
        r"a third of the patients needed a second drug (6/18)",
        r"a third of the patients needed a second drug (9/18)",
    ),
    ("derm", r"| 4 (36%) | 2 (29%) |", r"| 4 (36%) | 2 (39%) |"),
    ("cardio", r"the other 28 (67%)", r"the other 27 (67%)"),
    ("cardio", r"Two thirds (28 of 42)", r"Two thirds (20 of 42)"),
    ("cardio", r"<td>21</td><td>50.0</td>", r"<td>21</td><td>54.0</td>"),
    ("cardio", r"<td>Total</td><td>42</td>", r"<td>Total</td><td>43</td>"),
    ("cardio", r"of whom 15 (78.9%)", r"of whom 15 (87.9%)"),
    ("neuro", r"respectively (77\%, 65\% and 46\%)", r"respectively (77\%, 65\% and 56\%)"),
    ("neuro", r"Half of the patients (13/26)", r"Half of the patients (19/26)"),
    ("neuro", r"range 19 to 78", r"range 49 to 78"),
    ("neuro", r"Total & 26 &", r"Total & 27 &"),
    ("neuro", r"11 (65\%) had bilateral and 6 (35\%) unilateral", r"11 (65\%) had bilateral and 7 (41\%) unilateral"),
    ("ortho", r"(SD 1.6; range 9 to 15)", r"(SD 4.6; range 9 to 15)"),
    ("ortho", r"4 of 37 hips (10.8%)", r"4 of 37 hips (12.8%)"),
    ("ortho", r"p=0.04", r"p=0.004"),
    ("onco", r"(59%; 95% CI 46-71%)", r"(59%; 95% CI 61-71%)"),
    ("onco", r"38 patients (59%; 95% CI 46-71%)", r"38 patients (59%; 95% CI 40-71%)"),
    ("onco", r"5-year overall survival was 81% (95% CI 69-90%)", r"5-year overall survival was 81% (95% CI 90-69%)"),
    ("onco", r"<td>14 (34%)</td>", r"<td>14 (44%)</td>"),
    ("onco", r"<td>7 (17%)</td>", r"<td>8 (20%)</td>"),
    ("renal", r"ratio 1.4:1", r"ratio 2.4:1"),
    ("renal", r"aged 3-16 years (mean 8.9)", r"aged 3-16 years (mean 18.9)"),
    ("renal", r"all but two (10/12; 83%)", r"all but two (9/12; 75%)"),
    ("renal", r"three quarters (9/12)", r"three quarters (6/12)"),
    ("renal", r"five of them (63%)", r"five of them (73%)"),
    ("renal", r"| 6-12 years | 6 |", r"| 6-12 years | 7 |"),
    ("renal", r"in 7 (64%)", r"in 7 (74%)"),
    ("pulmo", r"(27 men, 30 women)", r"(27 men, 31 women)"),
    ("pulmo", r"sex ratio was 0.9 (27 men", r"sex ratio was 1.9 (27 men"),
    ("pulmo", r"Over 8 years (2011-2018)", r"Over 12 years (2011-2018)"),
    ("pulmo", r"current smokers 7% (4/57)", r"current smokers 9% (4/57)"),
    ("pulmo", r"24 of 51 patients with spirometry (47%)", r"24 of 51 patients with spirometry (57%)"),
    ("pulmo", r"0.61 (95% CI 0.29 to 1.27", r"0.61 (95% CI 0.79 to 1.27"),
    ("pulmo", r"of whom 12 (40%)", r"of whom 12 (50%)"),
    ("infect", r"Two in three had brain abscesses (6/9)", r"Two in three had brain abscesses (4/9)"),
    ("infect", r"Two out of nine (22%)", r"Two out of nine (32%)"),
    (
        "infect",
        r"five kidney recipients, three with leukaemia, one with HIV",
        r"five kidney recipients, four with leukaemia, one with HIV",
    ),
    ("infect", r"Median age: 58 yr [range 33-71]", r"Median age: 78 yr [range 33-71]"),
    ("infect", r"| 2/7 (29) |", r"| 2/7 (39) |"),
    ("gastro", r"(76 boys, 52.4%)", r"(76 boys, 62.4%)"),
    ("gastro", r"34/51 adolescents (66.7%)", r"34/51 adolescents (76.7%)"),
    ("gastro", r"Nine per cent (13/145)", r"Twelve per cent (13/145)"),
    ("endo", r"21 women (63.6%), 12 men (36.4%)", r"21 women (63.6%), 13 men (39.4%)"),
    ("endo", r"the other 23 (69.7%)", r"the other 23 (79.7%)"),
    ("endo", r"p = 0.095 by", r"p = 0.0095 by"),
    ("endo", r"Thirty-three percent (11/33)", r"Forty-three percent (11/33)"),
];
