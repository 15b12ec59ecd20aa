//! The words by which mail programs and people say that somebody is away, in small letters.

/// How mail programs begin the subject of an absence note. These alone are believed without another sign, and only before
/// a colon or as the whole subject: "Out of office mails are not sent" is a request.
pub(super) const ABSENCE_PREFIXES: [&str; 55] = [
    "out of office",
    "out of the office",
    "out of office reply",
    "out of office autoreply",
    "out-of-office",
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply", // English
    "resposta automática",
    "resposta automatica",
    "fora do escritório",
    "fora do escritorio",
    "ausência temporária",
    "mensagem de ausência", // Portuguese
    "automatische antwort",
    "abwesenheitsnotiz",
    "abwesenheitsnachricht",
    "abwesenheit",
    "abwesend", // German
    "réponse automatique",
    "reponse automatique",
    "absent du bureau",
    "message d'absence", // French
    "respuesta automática",
    "respuesta automatica",
    "fuera de la oficina", // Spanish
    "risposta automatica",
    "fuori ufficio", // Italian
    "automatisch antwoord",
    "automatische beantwoording",
    "afwezigheidsbericht", // Dutch
    "automatyczna odpowiedź",
    "autoodpowiedź", // Polish
    "automatiskt svar",
    "autosvar",
    "automatisk svar",
    "fraværende",            // Swedish, Danish, Norwegian
    "automaattinen vastaus", // Finnish
    "automatická odpověď",
    "automatická odpoveď", // Czech, Slovak
    "автоматический ответ",
    "автоответ",
    "автоматична відповідь", // Russian, Ukrainian
    "otomatik yanıt",        // Turkish
    "automatikus válasz",    // Hungarian
    "răspuns automat",       // Romanian
    "αυτόματη απάντηση",     // Greek
    "自動応答",
    "自動返信",
    "不在通知", // Japanese
    "自动答复",
    "自动回复",
    "自動回覆",  // Chinese
    "자동 회신", // Korean
];

/// Words that tell an absence note from another automatic answer, once it is known to be automatic.
pub(super) const ABSENCE_WORDS: [&str; 62] = [
    "out of office",
    "out of the office",
    "out-of-office",
    "ooo",
    "vacation",
    "on holiday",
    "annual leave",
    "on leave",
    "away from",
    "automatic reply",
    "maternity",
    "parental leave", // English
    "fora do escritório",
    "ausência",
    "ausencia",
    "ausente",
    "férias",
    "ferias",
    "resposta automática",
    "resposta automatica",
    "licença", // Portuguese
    "abwesen",
    "urlaub",
    "nicht im büro",
    "automatische antwort", // German
    "absence",
    "absent",
    "congé",
    "conge",
    "vacances",
    "réponse automatique", // French
    "fuera de la oficina",
    "vacaciones",
    "respuesta automática", // Spanish
    "risposta automatica",
    "fuori ufficio",
    "assente", // Italian
    "automatisch antwoord",
    "afwezig",
    "afwezigheid", // Dutch
    "automatyczna odpowiedź",
    "autoodpowiedź",
    "nieobecn",
    "urlop", // Polish
    "automatiskt svar",
    "autosvar",
    "automatisk svar",
    "fraværende",
    "frånvaro", // Swedish, Danish, Norwegian
    "automaattinen vastaus",
    "poissa", // Finnish
    "automatická odpověď",
    "автоматический ответ",
    "отсутств",
    "otomatik yanıt",
    "automatikus válasz",
    "răspuns automat", // further east
    "自動応答",
    "不在",
    "自动答复",
    "자동 회신",
    "부재",
];
