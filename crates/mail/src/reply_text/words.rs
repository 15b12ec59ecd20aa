//! The words by which mail programs name what they add, in small letters and in the languages their users write in.

/// What an attribution ("On … wrote:") ends with, before its colon.
pub(super) const VERBS: [&str; 34] = [
    "wrote", "writes", "escreveu", "schrieb", "a écrit", "escribió", "escribio", "schreef", "ha scritto", "scrisse",
    "napisał(a)", "napisał", "napisała", "pisze", "skrev", "kirjoitti", "napsal(a)", "napsal", "napísal(a)", "a scris",
    "написал(а)", "написал", "пишет", "написав(ла)", "пише", "yazdı", "írta", "ezt írta", "έγραψε", "je napisao/la",
    "写道", "のメール", "님이 작성", "wrote ----",
];

/// How an attribution begins.
pub(super) const OPENINGS: [&str; 25] = [
    "on ", "em ", "no dia ", "a ", "am ", "le ", "el ", "op ", "il ", "il giorno ", "w dniu ", "dnia ", "den ", "d. ",
    "dne ", "pe ", "в ", "on: ", "från: ", "στις ", "tarihinde ", "pon., ", "no ", "in data ", "quoting ",
];

/// The field that opens the block of headers above a mail that is answered.
pub(super) const FROM: [&str; 20] = [
    "from", "de", "von", "da", "van", "od", "från", "fra", "lähettäjä", "от", "від", "de la", "gönderen", "kimden",
    "feladó", "από", "差出人", "发件人", "寄件者", "보낸 사람",
];

/// The other fields of that block.
pub(super) const FIELDS: [&str; 85] = [
    "sent", "date", "to", "cc", "bcc", "subject", "reply-to", // English
    "enviado", "enviada", "enviado em", "data", "para", "assunto", "responder a", // Portuguese
    "gesendet", "datum", "an", "betreff", "antwort an", "kopie", // German
    "envoyé", "envoyé le", "à", "objet", "répondre à", // French
    "fecha", "asunto", "enviado el", // Spanish
    "inviato", "a", "oggetto", "inviata", // Italian
    "verzonden", "aan", "onderwerp", // Dutch
    "wysłano", "do", "dw", "temat", // Polish
    "skickat", "till", "ämne", "kopia", // Swedish
    "sendt", "til", "emne", // Danish and Norwegian
    "lähetetty", "vastaanottaja", "aihe", "päivämäärä", // Finnish
    "odesláno", "komu", "předmět", "odoslané", "predmet", "kopie:", // Czech and Slovak
    "отправлено", "дата", "кому", "тема", "копия", // Russian
    "надіслано", // Ukrainian
    "trimis", "către", "subiect", // Romanian
    "gönderildi", "kime", "konu", // Turkish
    "elküldve", "címzett", "tárgy", // Hungarian
    "στάλθηκε", "προς", "θέμα", // Greek
    "送信日時", "宛先", "件名", "日付", // Japanese
    "发送时间", "收件人", "主题", "日期", // Chinese
    "보낸 날짜", "받는 사람", "제목", // Korean
];

/// What stands between dashes above a mail that is answered.
pub(super) const ORIGINAL: [&str; 26] = [
    "original message", "original appointment", "reply message", "previous message", "mensagem original",
    "mensagem anterior", "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "original nachricht",
    "message d'origine", "message d’origine", "message original", "message initial", "mensaje original",
    "messaggio originale", "oorspronkelijk bericht", "oorspronkelijke bericht", "wiadomość oryginalna",
    "oryginalna wiadomość", "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse",
    "původní zpráva", "исходное сообщение", "元のメッセージ",
];

/// What stands between dashes, or alone before a colon, above a mail that is passed on: content, not a quote.
pub(super) const FORWARDED: [&str; 30] = [
    "forwarded message", "forwarded by", "begin forwarded message", "forwarded mail", "mensagem encaminhada",
    "mensagem reencaminhada", "início da mensagem reencaminhada", "início da mensagem encaminhada",
    "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht", "weitergeleitete e-mail", "message transféré",
    "message transmis", "début du message réexpédié", "début du message transféré", "mensaje reenviado",
    "inicio del mensaje reenviado", "messaggio inoltrato", "inizio messaggio inoltrato", "doorgestuurd bericht",
    "begin doorgestuurd bericht", "wiadomość przekazana dalej", "przekazana wiadomość", "vidarebefordrat meddelande",
    "videresendt meddelelse", "přeposlaná zpráva", "пересылаемое сообщение", "пересланное сообщение", "転送メッセージ",
    "转发的邮件",
];

/// How the subject of a mail begins that is passed on.
pub(super) const FORWARD_SUBJECTS: [&str; 16] = [
    "fwd:", "fw:", "enc:", "enc.:", "wg:", "tr:", "rv:", "reenv:", "i:", "doorst:", "pd:", "vs:", "vb:", "转发:", "転送:",
    "fwd：",
];

/// How the lines begin that telephones and programs add below.
pub(super) const DEVICES: [&str; 36] = [
    "sent from my ", "sent from outlook", "sent from mail for", "sent from yahoo", "sent from proton", "sent from samsung",
    "sent with proton", "sent from ", "sent via ", "get outlook for", "get bluemail for", "sent using zoho",
    "enviado do meu ", "enviado a partir do ", "enviado de meu ", "enviado do ", "enviado com ", "obter o outlook para",
    "obtenha o outlook para", "baixe o outlook para", "von meinem ", "gesendet von ", "gesendet mit ",
    "holen sie sich outlook", "outlook für ", "envoyé de mon ", "envoyé depuis ", "envoyé à partir d", "télécharger outlook",
    "enviado desde ", "obtener outlook para", "inviato da ", "scarica outlook", "verzonden vanaf ", "wysłano z ",
    "iphoneから送信",
];

/// The headings of the last paragraphs, which lawyers write.
pub(super) const DISCLAIMER_HEADINGS: [&str; 12] = [
    "confidentiality notice", "confidentiality", "confidential", "disclaimer", "legal notice", "legal disclaimer",
    "aviso de confidencialidade", "aviso legal", "haftungsausschluss", "avertissement", "clause de confidentialité",
    "aviso de confidencialidad",
];

/// How those paragraphs begin without a heading.
pub(super) const DISCLAIMERS: [&str; 24] = [
    "this email", "this e-mail", "this message", "this communication", "this transmission",
    "the information contained in this", "the information in this", "the contents of this", "esta mensagem",
    "este email", "este e-mail", "a informação contida nest", "as informações contidas nest", "a presente mensagem",
    "diese e-mail", "diese nachricht", "der inhalt dieser e-mail", "ce message", "ce courriel", "cet e-mail",
    "este mensaje", "este correo", "questo messaggio", "dit bericht",
];

/// What a paragraph speaks of that is such a warning: secrecy, and whom it is meant for.
pub(super) const SECRECY: [&str; 9] = [
    "confidential", "confidencia", "vertraulich", "confidentiel", "riservat", "vertrouwelijk", "privileged",
    "intended solely", "intended only",
];
