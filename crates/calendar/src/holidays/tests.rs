use super::*;
use jiff::civil::date;

fn names(country: &str, region: Option<&str>, year: i16) -> Vec<(String, String)> {
    let place = Place::find(country, region).unwrap();
    let of_year = place.holidays().into_iter().filter(|holiday| holiday.date.year() == year);
    of_year.map(|holiday| (holiday.date.strftime("%m-%d").to_string(), holiday.name)).collect()
}

fn days(country: &str, region: Option<&str>, year: i16) -> Vec<String> {
    names(country, region, year).into_iter().map(|(day, _)| day).collect()
}

#[test]
fn portugal_in_2026_is_as_its_law_says() {
    let expected = [
        "01-01", "04-03", "04-05", "04-25", "05-01", "06-04", "06-10", "08-15", "10-05", "11-01", "12-01", "12-08",
        "12-25",
    ];
    assert_eq!(days("PT", None, 2026), expected);
}

#[test]
fn a_region_adds_its_own_days_and_may_lack_those_of_others() {
    let bavaria = days("DE", Some("DE-BY"), 2026);
    assert!(bavaria.contains(&"01-06".to_owned()) && bavaria.contains(&"06-04".to_owned()), "{bavaria:?}");
    assert_eq!(bavaria, days("DE", Some("BY"), 2026));
    assert!(!days("DE", Some("BE"), 2026).contains(&"01-06".to_owned()));
    // Easter Monday is a holiday in England and none in Scotland.
    assert!(days("GB", Some("ENG"), 2026).contains(&"04-06".to_owned()));
    assert!(!days("GB", Some("SCT"), 2026).contains(&"04-06".to_owned()));
}

#[test]
fn a_day_off_that_stands_in_for_a_sunday_is_among_them() {
    assert!(names("US", None, 2027).contains(&("07-05".to_owned(), "Independence Day (observed)".to_owned())));
}

#[test]
fn a_holiday_has_its_english_and_its_local_name() {
    let holidays = Place::find("PT", None).unwrap().holidays();
    let freedom = holidays.iter().find(|holiday| holiday.date == date(2026, 4, 25)).unwrap();
    assert_eq!((freedom.name.as_str(), freedom.local_name.as_str()), ("Freedom Day", "Dia da Liberdade"));
}

#[test]
fn a_place_that_is_not_known_is_told_with_what_was_meant() {
    let told = |country, region| Place::find(country, region).unwrap_err().to_string();
    assert_eq!(told("Portugal", None), "the holidays of `Portugal` are not known; did you mean `PT` (Portugal)?");
    assert_eq!(told("pt", None), "the holidays of `pt` are not known; did you mean `PT` (Portugal)?");
    assert_eq!(told("DE", Some("Bayern")), "Germany has no region `Bayern`; did you mean `BY` (Bayern)?");
    assert_eq!(told("GB", Some("ZZZZ")), "United Kingdom has no region `ZZZZ`; there is `ENG`, `NIR`, `SCT`, `WLS`");
    assert!(told("Atlantis", None).contains("ISO 3166-1"));
    assert!(told("AQ", Some("X")).contains("leave `region` out"));
}

#[test]
fn the_data_cover_countries_for_all_their_years() {
    for code in ["PT", "ES", "FR", "DE", "GB", "US", "BR", "IN", "JP", "ZA", "AU", "CA", "MX", "PL", "SE", "TR"] {
        for year in YEARS {
            assert!(days(code, None, year).len() >= 3, "{code} in {year}");
        }
    }
}
