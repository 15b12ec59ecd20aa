# What colleagues are told. The names of facts are those of `What`.
told = { $text }
told-by-warning = { $text }
told-by-breach = { $text }
asked = { $text }
assigned = { $who } gave you ticket { $number }.
mentioned = { $who } named you in a note on ticket { $number }.
client-wrote = { $who } wrote on ticket { $number }, which is yours.
followed-wrote = { $who } wrote on ticket { $number }.
followed-answered = { $who } answered on ticket { $number }.
merged = { $who } merged ticket { $number } into ticket { $into }.
parted = { $who } took ticket { $number } out of ticket { $from } again.
clock-runs-out = “{ $clock }” runs out soon on ticket { $number }, which is yours.
clock-ran-out = “{ $clock }” ran out on ticket { $number }, which is yours.
came-back = Ticket { $number } is back from its snooze.
nobody-to-assign = Ticket { $number } could not be assigned to anybody.
handed-back = Ticket { $number } was with { $who }, who works here no longer. Nobody has it now.
nobody-of-that-name = Ticket { $number } asks { $who }, and nobody here is called so: { $question }
unsendable = A mail on ticket { $number } could not be sent: { $reason }
mail-came-back = A mail of ticket { $number } to { $whom } came back.
some-mail-came-back = A mail of ticket { $number } to somebody came back.
no-address = The reply { $reply } could not be sent: the requester of ticket { $number } has no address.
nobody-to-write-to = The reply { $reply } of ticket { $number } could not be sent: nobody with a verified address is known as its { $party }.
unreachable = Nobody can be written to on ticket { $number }: { $reason }
held-back = Your reply on ticket { $number } was held back: { $reason }
taken-back = { $who } took back your reply on ticket { $number }. Its words are in your draft again.
waits-for-mail = Ticket { $number } waits for an answer, and its time is up. But the mailbox { $mailbox } has not been read since { $since }: the answer may lie there. The ticket goes on when the mailbox is read again.
draft-waits-for-mail = The answer suggested on ticket { $number } would be sent by itself now. But the mailbox { $mailbox } has not been read since { $since }: the client may have written meanwhile. It is sent when the mailbox is read again, or when you send it.
not-answered = Ticket { $number }: The reply { $reply } was not sent: { $most } automatic mails went to { $address } within an hour, and this one would answer a mail from there. Perhaps a program answers the desk.
not-reopened = Ticket { $number }: Mail has brought this ticket back { $most } times within a day; this one was kept and the ticket stays as it is. Perhaps a program answers the desk. Whoever looks at it can open it again.
own-mail-came = Ticket { $number }: A mail that this desk sent came back to it: a list, a forwarding rule or an address of the desk's own is among its recipients. It was filed and moved nothing.
playbook-failed = The playbook of ticket { $number } could not go on at { $place }: { $reason }
desk-failed = The desk failed on ticket { $number }, and tries again in an hour: { $reason }
form-refused = A response to Typeform could not be taken as the form { $form }: { $reason }.
schedule-failed = The desk failed on the schedule `{ $schedule }` of { $playbook }, and tries again later: { $reason }
schedule-unclear =
    { $count ->
        [one] The schedule `{ $schedule }` of { $playbook } met one entry of which it cannot tell what to do. The first: { $reason }
       *[other] The schedule `{ $schedule }` of { $playbook } met { $count } entries of which it cannot tell what to do. The first: { $reason }
    }
mailbox-unread = The mailbox { $mailbox } has not been read since { $since }: { $reason }. Nothing is lost, its mail waits on the server.
set-aside = A mail was set aside: { $reason }. It waits under Kept mail for somebody to look at it.

# Around them, where they leave the desk.
mail-subject = { $desk }: { $text }
mail-many =
    { $count ->
        [one] { $desk }: one notice
       *[other] { $desk }: { $count } notices
    }
mail-hello = Hello { $name },
mail-open = Open ticket { $number }
mail-choices = Choose what you are told, and when: { $link }
mail-choices-link = Choose what you are told, and when
mail-no-answer = Nobody reads answers to this mail. Answer on the ticket.
mail-more = And { $count } more: { $link }
all-notices = All notices
tried = This is a try: notices of { $desk } reach you here.
