//! What is measured in two units, with the numbers that only one of them can have.

/// What is measured in two units under the same header.
pub(super) struct TwoUnits {
    /// Words or phrases of the header, of which one must be there.
    pub(super) names: &'static [&'static str],
    /// Up to this a number can only be in the first unit, and from that on only in the second.
    pub(super) between: (i64, i64),
    /// Another thing with the same name has numbers below this.
    pub(super) from: i64,
    /// The two units.
    pub(super) units: [&'static str; 2],
    /// The names mean it only where the header states one of the units: `Ht (m)` is a height, `Ht` may be a haematocrit.
    pub(super) is_by_unit: bool,
}

/// Before a name that means it only where it is all of the header: `IgG`, not `aCL IgG`.
pub(super) const WHOLE: char = '=';

/// Bounds beyond what is seen in patients; between them either unit is possible.
///
/// Source: the conversion factors of the AMA Manual of Style, 11th edition, chapter 17.5, and the reference ranges there;
/// of troponin and D-dimer the measuring ranges of the assays (Tietz Textbook of Laboratory Medicine, 7th edition).
pub(super) const BOTH: [TwoUnits; 27] = [
    TwoUnits {
        names: &[
            "hba1c",
            "hb a1c",
            "a1c",
            "glycated hemoglobin",
            "glycated haemoglobin",
            "hemoglobina glicosilada",
            "hemoglobina glicada",
            "emoglobina glicata",
        ],
        between: (15, 25),
        units: ["%", "mmol/mol"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["hb", "hgb", "hemoglobin", "haemoglobin", "hamoglobin", "hemoglobina", "hemoglobine", "emoglobina"],
        between: (15, 30),
        units: ["g/dL", "g/L"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["albumin", "albumina", "albumine"],
        between: (6, 10),
        units: ["g/dL", "g/L"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["protein", "proteins", "eiweiss", "gesamteiweiss"],
        between: (16, 25),
        units: ["g/dL", "g/L"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &[
            "creatinine",
            "crea",
            "creat",
            "krea",
            "scr",
            "creatinina",
            "kreatinin",
            "serumkreatinin",
            "creatininemie",
        ],
        between: (8, 20),
        units: ["mg/dL", "µmol/L"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["calcium", "ca", "calcio", "kalzium", "calcemie", "calcemia"],
        between: (3, 5),
        units: ["mmol/L", "mg/dL"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["glucose", "glukose", "glicemia", "glucemia", "glycemie", "blutzucker", "glucosa"],
        between: (12, 40),
        units: ["mmol/L", "mg/dL"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["urate", "uric", "harnsaure", "urique", "urico"],
        between: (30, 50),
        units: ["mg/dL", "µmol/L"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["cholesterol", "cholesterin", "colesterol", "colesterolo"],
        between: (20, 40),
        units: ["mmol/L", "mg/dL"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &[
            "hct",
            "hematocrit",
            "haematocrit",
            "hamatokrit",
            "hematocrito",
            "ematocrito",
            "spo2",
            "sao2",
            "lvef",
            "ef",
            "fevg",
            "fevi",
        ],
        between: (1, 8),
        units: ["1", "%"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &[
            "temperature",
            "temp",
            "temperatur",
            "temperatura",
            "fever max",
            "max fever",
            "maximum fever",
            "peak fever",
        ],
        between: (45, 80),
        units: ["°C", "°F"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["height", "stature", "grosse", "korpergrosse", "taille", "talla", "altezza", "altura"],
        between: (2, 20),
        units: ["m", "cm"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["weight", "birthweight", "gewicht", "geburtsgewicht", "korpergewicht", "poids", "peso"],
        between: (200, 450),
        units: ["kg", "g"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits { names: &["ht", "length", "lengte"], between: (2, 20), units: ["m", "cm"], from: 0, is_by_unit: true },
    TwoUnits { names: &["wt", "bw"], between: (200, 450), units: ["kg", "g"], from: 0, is_by_unit: true },
    TwoUnits { names: &["ht", "hk"], between: (1, 8), units: ["1", "%"], from: 0, is_by_unit: true },
    TwoUnits {
        names: &[
            "neutrophils",
            "lymphocytes",
            "neutrophile",
            "lymphozyten",
            "neutrophiles",
            "neutrofilos",
            "linfocitos",
            "neutrofili",
            "linfociti",
        ],
        between: (1, 8),
        units: ["1", "%"],
        from: 0,
        is_by_unit: true,
    },
    TwoUnits {
        names: &["saturation", "sattigung", "saturacion", "saturazione", "saturacao", "saturatie"],
        between: (1, 8),
        units: ["1", "%"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["t max", "tmax", "temp max"],
        between: (45, 80),
        units: ["°C", "°F"],
        from: 30,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["d dimer", "ddimer", "d dimere", "d dimers", "d dimeres", "d dimero", "d dimeros"],
        between: (20, 200),
        units: ["mg/L", "ng/mL"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["=igg", "=serum igg", "=total igg", "=immunoglobulin g"],
        between: (20, 200),
        units: ["g/L", "mg/dL"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["fibrinogen", "fibrinogene", "fibrinogeno", "fibrinogenio"],
        between: (12, 50),
        units: ["g/L", "mg/dL"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits { names: &["c3", "complement c3"], between: (4, 20), units: ["g/L", "mg/dL"], from: 0, is_by_unit: false },
    TwoUnits {
        names: &["troponin", "troponine", "troponina", "tnt", "tni", "hstnt", "hstni", "ctnt", "ctni"],
        between: (1, 200),
        units: ["ng/mL", "ng/L"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &[
            "rbc",
            "red blood cells",
            "red cells",
            "red cell count",
            "erythrocytes",
            "erythrozyten",
            "erys",
            "hematies",
            "globules rouges",
            "=gr",
            "eritrocitos",
            "globuli rossi",
            "eritrociti",
        ],
        between: (15, 500000),
        units: ["10^12/L", "/µL"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["bilirubin", "bili", "bilirubine", "bilirubina"],
        between: (1, 60),
        units: ["mg/dL", "µmol/L"],
        from: 0,
        is_by_unit: false,
    },
    TwoUnits {
        names: &["=tc", "thrombos"],
        between: (1000, 5000),
        units: ["10^9/L", "/µL"],
        from: 0,
        is_by_unit: false,
    },
];

/// Counts of blood cells, with the least a microlitre has of them where they are counted singly, and the most thousands.
///
/// Source: the counts of the most severe cytopenias and of the leukaemias with the most cells that are reported
/// (Greer, Wintrobe's Clinical Hematology, 14th edition): a thousand leukocytes and five thousand platelets in 10^9/L.
pub(super) const CELLS: [(&[&str], (i64, i64)); 3] = [
    (&["platelet", "plt", "plaq", "piastrin", "thr", "thromb", "trombo", "bloedplaat"], (1000, 5000)),
    (&["wbc", "wcc", "leuk", "leuc", "white", "globul", "weisse", "witte"], (50, 1000)),
    (&["neutro", "lympho", "linfo", "eos", "baso", "mono", "anc", "alc", "aec"], (20, 500)),
];

/// Words of headers under which the bounds do not hold.
pub(super) const OTHERS: [&str; 28] = [
    "urine",
    "urinary",
    "clearance",
    "ratio",
    "x",
    "p",
    "product",
    "phosphate",
    "change",
    "delta",
    "score",
    "sds",
    "z",
    "percentile",
    "ionized",
    "ionised",
    "125",
    "19",
    "15",
    "csf",
    "liquor",
    "direct bilirubin",
    "bilirubin direct",
    "conjugated bilirubin",
    "loss",
    "gain",
    "c",
    "s",
];
