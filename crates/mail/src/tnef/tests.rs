use proptest::prelude::*;

use super::*;

/// A property stream of these, each already with its type, id and value.
fn stream(properties: &[Vec<u8>]) -> Vec<u8> {
    let count = u32::try_from(properties.len()).unwrap();
    [&count.to_le_bytes()[..], &properties.concat()].concat()
}

fn padded(bytes: &[u8]) -> Vec<u8> {
    let fill = bytes.len().next_multiple_of(4) - bytes.len();
    [&u32::try_from(bytes.len()).unwrap().to_le_bytes()[..], bytes, &vec![0; fill]].concat()
}

fn property(kind: u16, id: u16, value: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &id.to_le_bytes(), &1_u32.to_le_bytes(), &padded(value)].concat()
}

fn unicode(id: u16, text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    property(0x001f, id, &units)
}

fn attribute(level: u8, id: u16, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    [&[level][..], &id.to_le_bytes(), &[6, 0], &length.to_le_bytes(), data, &[0, 0]].concat()
}

fn whole(attributes: &[Vec<u8>]) -> Vec<u8> {
    [&SIGNATURE.to_le_bytes()[..], &[1, 0], &attributes.concat()].concat()
}

fn file(name: &str, bytes: &[u8], properties: &[Vec<u8>]) -> Vec<u8> {
    let named = [properties, &[unicode(LONG_FILE_NAME, name)]].concat();
    [
        attribute(2, FILE_BEGINS, &[0; 14]),
        attribute(2, FILE_TITLE, b"SHORT~1.PDF\0"),
        attribute(2, FILE_DATA, bytes),
        attribute(2, FILE_PROPERTIES, &stream(&named)),
    ]
    .concat()
}

#[test]
fn files_and_the_body_are_taken_out() {
    let mail = whole(&[
        attribute(1, CODE_PAGE, &[0xe4, 4, 0, 0, 0, 0, 0, 0]),
        attribute(1, MESSAGE_PROPERTIES, &stream(&[property(0x0102, HTML_BODY, b"<p>Ol\xe1</p>")])),
        file("relatório 2026.pdf", b"%PDF", &[unicode(MEDIA_TYPE, "application/pdf")]),
        file("logo.png", b"PNG", &[unicode(CONTENT_ID, "logo@acme")]),
    ]);
    let found = read(&mail).unwrap();
    assert!(found.is_whole);
    assert_eq!(found.html.as_deref(), Some("<p>Olá</p>"));
    let files: Vec<_> = found.files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    assert_eq!(files, [("relatório 2026.pdf", &b"%PDF"[..]), ("logo.png", b"PNG")]);
    assert_eq!(found.files[0].kind.as_deref(), Some("application/pdf"));
    assert_eq!(found.files[1].content_id.as_deref(), Some("logo@acme"));
}

#[test]
fn a_message_within_it_is_opened() {
    let inner = whole(&[
        attribute(1, MESSAGE_PROPERTIES, &stream(&[unicode(SUBJECT, "Old mail"), unicode(PLAIN_BODY, "Inner words")])),
        file("inner.txt", b"inner", &[]),
    ]);
    let object = [&[7; 16][..], &inner].concat();
    let mail = whole(&[
        attribute(1, BODY, b"Outer words\0"),
        attribute(2, FILE_BEGINS, &[0; 14]),
        attribute(2, FILE_PROPERTIES, &stream(&[property(0x000d, ATTACHED_DATA, &object)])),
    ]);
    let found = read(&mail).unwrap();
    assert_eq!(found.text.as_deref(), Some("Outer words"));
    let names: Vec<_> = found.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["inner.txt", "Old mail.txt"]);
}

#[test]
fn what_is_cut_short_is_read_as_far_as_it_goes() {
    let mail = whole(&[file("a.pdf", b"%PDF", &[]), file("b.pdf", b"%PDF", &[])]);
    let found = read(&mail[..mail.len() - 60]).unwrap();
    assert!(!found.is_whole);
    assert_eq!(found.files[0].name, "a.pdf");
    assert_eq!(read(b"x\x9f>\""), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_within_bounds(pieces in prop::collection::vec(prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12),
        Just(file("a", b"b", &[])),
        Just(attribute(1, MESSAGE_PROPERTIES, &stream(&[unicode(SUBJECT, "s")]))),
        Just(vec![1, 3, 0x90, 6, 0, 20, 0, 0, 0, 2, 0, 0, 0, 0x1e, 0x10, 0, 0x10, 0xff, 0xff, 0xff, 0x7f]),
    ], 0..12), cut in 0_usize..400) {
        let mut mail = whole(&pieces);
        for _ in 0..2 {
            if let Some(found) = read(&mail) {
                prop_assert!(found.files.iter().map(|file| file.bytes.len()).sum::<usize>() <= mail.len() * (MAX_DEPTH + 1));
            }
            mail.truncate(cut);
        }
    }
}
