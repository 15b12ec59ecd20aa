# What Deskhand's pages say, in English. Every language has the same keys; tests/texts.rs checks it.

brand = Deskhand
language-name = English
skip-to-content = Skip to the content
nav-label = Navigation
nav-home = Guide
nav-form = Form
nav-tickets = Tickets
nav-questions = Questions
nav-mail = Mail
theme-system = Theme: as the system
theme-light = Theme: light
theme-dark = Theme: dark
toast-failed = That did not work, and nothing was changed. Please try again.
toast-offline = The desk cannot be reached. What you wrote is kept here.
dismiss = Dismiss
yes = Yes
no = No
optional = optional
choose = Choose…
nobody = Nobody

## The demo's bar

demo-label = Demo controls
demo-clock = The desk’s clock:
demo-advance = Move the clock forward
demo-hour = +1 h
demo-hour-label = +1 h: one hour forward
demo-day = +1 d
demo-day-label = +1 d: one day forward
demo-three-days = +3 d
demo-three-days-label = +3 d: three days forward
demo-next = To what is due next
demo-next-none = Nothing is due
demo-links = Places of the demo
demo-acting = Acting as

## The list of tickets

tickets-title = Tickets
view-solved = Solved
view-mine = Mine
view-unassigned = Unassigned
views-teams = Teams
views-playbooks = Playbooks
column-status = Status
column-number = Number
column-subject = Subject
column-requester = From
column-state = Where it stands
column-assignee = Assignee
column-clock = Due or updated
list-empty = No tickets here.
list-empty-form = Fill in the form
list-empty-all = Show all tickets
list-arrived-one = { $count } new
list-arrived-other = { $count } new
list-older = Older
list-newest = Newest
pages-label = Pages
row-unread = Unread:

## The search

search-title = Search
search-title-of = Search: { $words }
search-label = Search for words
search-placeholder = Words, or is:open from:maria
search-button = Search
search-explained = Words find the tickets on which all of them stand in one place, and people and companies. Operators find tickets by how they stand.
search-empty = Nothing that you may see fits “{ $words }”.
search-filling = What was written earlier is still being put into the search: something old may be missing.
search-no-words = There is nothing to look for in that: words or operators with something behind them are needed.
search-too-much = That is too much to look for at once. Take fewer words.
search-ticket = Ticket
search-message = Message
search-merged = Merged into #{ $number }
search-contact = Contact
search-organization = Company
search-more = More
search-newest = Newest
search-further = Look further back
search-not-yet = Nothing among the newest so far.
search-understood = What is asked for
search-take-away = Take this away
search-not = not
search-offers = Operators
search-examples = Examples
search-meant = Did you mean
search-remark-unknown-operator = “{ $term }” begins with no operator, so its words were looked for.
search-remark-unknown-value = “{ $term }” was looked for as words: the operator takes { $takes }.
search-remark-no-day = “{ $term }” was looked for as words: a day is 2026-10-01, today, yesterday or 7d.
search-remark-no-value = “{ $term }” needs something behind it and was passed over.
search-remark-not-joining = “{ $term }” was passed over: what is found has everything that you typed. A minus before a word leaves out what has it.
search-remark-nobody = Nobody and nothing is called so: “{ $term }”.
search-remark-too-many = More than { $takes } are called so; the newest { $takes } were taken: “{ $term }”.
search-operator-is = how the ticket stands
search-operator-from = who asked: a name or an address
search-operator-assignee = who has it: a name, me or none
search-operator-org = the company it is for
search-operator-team = the team that has it
search-operator-tag = a tag on it
search-operator-priority = how urgent it is
search-operator-playbook = the procedure it goes by
search-operator-state = the state it is in
search-operator-channel = how it came or was answered
search-operator-has = with a file
search-operator-in = where the words stand
search-operator-before = on an earlier day
search-operator-after = on that day or later
search-operator-on = on that day
search-example-unassigned = open, and nobody has them
search-example-from = from Maria, with a file
search-example-phrase = exact words, without another
search-example-mine = mine, of the last seven days
search-example-notes = a word in notes alone

## How a ticket stands

status-open = Open
status-pending = Pending
status-solved = Solved
status-closed = Closed
waiting-on-us = Waiting on us
waiting-on-client = Waiting on client
waiting-on-other = Waiting on others
clock-itself = By itself:
clock-left = Time left:
clock-over = Overdue:
clock-paused = Paused:
priority-urgent = Urgent
priority-high = High
priority-low = Low
priority-because = Because
priority-by = Given by
priority-phrases = By the phrases

## One ticket

ticket-back = Back to the list
thread-label = Conversation
thread-arrived = A new message arrived.
thread-latest = Show the latest
message-to = to { $to }
message-automatic = sent automatically
message-quoted = Earlier messages
message-original = Original mail
message-attachments = Attachments
note-private = Only your team sees this
delivery-waiting = Being sent
delivery-sent = Sent
delivery-failed = It could not be delivered:
returned-hard = { $who } was not reached, and trying again is no use:
returned-soft = { $who } was not reached, though their server tried for long:
returned-delayed = { $who } was not reached yet; their server goes on trying:
returned-unproved = A report says that { $who } was not reached. It did not go to that address, so nothing was moved:
why = why?
why-event = Because of
why-note = Reason
why-transition = Went from
why-to = to
why-guards = Asked
guard-held = true
guard-failed = false
why-actions = Did
why-line = Written in
choices-label = Next steps
composer-kind = What are you writing?
composer-reply = Reply
composer-note = Note
composer-body = Write here
composer-send = Send reply
composer-to = To
copies-label = Cc
copies-none = Cc
copies-add = Put somebody in copy
copies-address = maria@acme.example
copies-do = Add
copies-out = Take { $who } out of copy
copies-no-address = Write mail addresses, with commas between them.
copies-full = { $most } people are in copy already. Take somebody out of it first.
message-copies = cc { $names }
composer-unreachable = Nobody with a verified address is known as: { $names }
composer-add-note = Add note
composer-attach = Attach files
composer-drop = Drop the files here
composer-detach = Take away { $name }
composer-too-large = A file may have 25 MB, and all files of a message together.
composer-upload-failed = That did not arrive. Please try it again.
composer-kept = Draft kept
composer-unkept = Not kept by the desk yet; this browser has it
composer-returned = Words came back into what you are writing: your reply was taken back, or you wrote in another window.
composer-empty = Write something, or attach a file.
composer-keep = Keep the draft
composer-kept-mark = (a draft is kept)
canned-choose = Choose one
canned-label = Canned replies
canned-filter = Find a reply
canned-none = No reply is called that.
mention-label = Tell a colleague
mention-filter = Find a colleague
mention-none = Nobody who sees this ticket is called that.
file-gone = A file of this message is no longer there. Look at the files, and send once more.
composer-closed = This ticket is closed. A new mail from the client opens it again or begins another.

## Beside a ticket

context-label = Details
context-open = Details
context-close = Close the details
context-procedure = Where it stands
context-requester = Requester
context-role = Role
context-organization = Organization
context-plan = Plan
context-owner = Whose it is
context-assignee = Assignee
owner-assign = Give the ticket to somebody:
owner-me = me
owner-team = Its team
owner-others = Other colleagues
owner-nobody = Nobody
context-team = Team
context-links = Linked tickets
context-fields = Fields
drawing-show = Show as a drawing
drawing-page = Open on its own page
drawing-label = Drawing of the procedure
state-here = (it is here)
state-within = (it is inside)
state-travelled = (it was here)
state-ahead = (not reached)
timer-held = Held: { $reason }
held-mailbox = the mailbox { $name } was last read { $when }
held-away = mail that was sent while the desk was away is waited for, until { $when } at the longest
link-opened = Opened by this ticket:
link-opener = This ticket was opened by:
links-more = and { $count } more
field-missing = Missing
field-empty = –
fields-correct = Correct
fields-correct-do = Keep
fields-changed-since = Somebody else has changed this meanwhile. Look at what it says now.

## Forms

summary-errors = { $n ->
    [one] One answer needs your attention
   *[other] { $n } answers need your attention
}
form-send = Send request
thanks-title = Request received
thanks-received = Request received, number { $number }
thanks-answer = We will answer by mail, to the address you gave. You can reply to that mail at any time.
thanks-see = See it as a colleague
thanks-again = Send another request

## The mail catcher

mail-title = Mail catcher
mail-about = About the mail catcher
mail-empty = No mail yet. Whatever the desk sends lands here.
mail-explained = The demo sends no mail to anybody. Choose one to read what the client would get.
mail-back = Back to the mails
mail-ticket = Ticket #{ $number }
mail-raw = Raw mail
mail-from = From
mail-to = To
mail-date = Date
mail-headers = { $n ->
    [one] One header
   *[other] { $n } headers
}
mail-html = As it looks
mail-text = As plain text

## Home, sign-in, errors

home-title = A request, from the form to the end
home-lead = This desk runs a procedure by itself and asks people only for what needs a person. Walk one request through it: it takes three minutes.
home-foot = Everything here is invented, nothing is sent to anybody, and the clock is yours.
walk-done = (done)
walk-1-title = Ask, as a client
walk-1-text = Fill in the form as Maria of Acme. A ticket opens, and what a document request needs is checked at once.
walk-1-link = Open the form
walk-2-title = See what the desk did
walk-2-text = The client got an answer, and a linked ticket went to the colleague with the fewest open ones. Every step says why.
walk-2-link = Open the tickets
walk-3-title = Act as a colleague
walk-3-text = In the bar above, act as the one who was assigned, open the linked ticket and choose “Configured”.
walk-3-link = Open my tickets
walk-4-title = Publish
walk-4-text = Choose “Published”. The client is told by itself; read the mail as they would.
walk-4-link = Read the mail
walk-5-title = Move the clock
walk-5-text = Go one day forward with the bar above. Nobody answered, so the ticket closes by itself, as the procedure says.
walk-5-link = See it close
error-404-title = There is nothing here
error-404-cause = The address may be mistyped, or what was here has been moved. Go on from the list.
error-403-title = This is not yours to see
error-403-cause = Your role does not open this page. Ask a lead of your desk if you need it.
error-409-title = Something happened meanwhile
error-409-cause = Somebody was quicker, or things no longer stand where this was possible. Go back, look how they stand now, and try again.
error-413-title = That is too large
error-413-cause = What was sent is larger than this desk takes. Make it smaller, or send it in parts.
error-503-title = The desk cannot answer just now
error-503-cause = Nothing of yours was lost. It usually comes back by itself: try again in a moment.
error-again = Try again
error-422-title = That could not be understood
error-422-cause = Something in what was sent is missing or out of date. Go back, look it over and send it again.
error-500-title = Something broke on our side
error-500-cause = Nothing of yours was lost. Try again in a moment; if it stays, tell your desk’s owner the reference below.
error-to-tickets = To the tickets
error-to-sign-in = Sign in
error-to-home = To the guide
error-reference = Reference

## Time

when-now = now
when-ago = { $amount } ago
when-in = in { $amount }
when-minutes = { $count } min
when-hours = { $count } h
when-days = { $count } d
when-weekdays = Mon Tue Wed Thu Fri Sat Sun
when-months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec

## What a ticket's page says of its procedure

choice-leads-to = Goes on to: { $state }
choice-depends = What follows depends on what is known by then
choice-unchecked = Still to check: { $items }
checklist-progress = { $done } of { $of } done
item-done = Done:
item-check = Check
item-check-label = Check: { $item }
item-undo = Take back
item-undo-label = Take back: { $item }
item-from = From { $who }
item-from-us = From us
item-from-others = From others
evidence-file = The file that shows it
evidence-link = Its address (https://…)
evidence-message = The message that shows it
evidence-text = What shows it, in a few words
evidence-no-file = There is no file on this ticket yet.
evidence-no-message = There is no message on this ticket yet.
evidence-one = One of these is enough.
evidence-missing = Say what shows that it is done.
step-checked = { $by } checked: { $item }
step-unchecked = { $by } took back: { $item }
timer-closes = Closes by itself
timer-leads-to = Goes on by itself to: { $state }
timer-acts = Something happens by itself
step-began = Began: { $state }
step-moved = { $from } → { $to }
step-moved-by = { $by }: { $from } → { $to }
step-stayed = Noted in { $state }
done-priority-because = { $priority } because { $because }
done-priority = Priority now: { $priority }
done-given = Given to { $to }
done-nobody = Nobody was there to give it to
done-told-team = Team { $team } was told
done-told-leads = The leads were told
done-told-owners = The owners were told
done-told-agents = All agents were told
done-told = { $whom } was told
done-note = A note was written
done-reply = An answer was written
done-suggest = An answer was suggested
done-ask = A question was asked
done-open = A linked ticket was opened
done-send = A linked ticket was told
done-lookup = The database was asked
done-set = Details were filled in
step-recounted = Timers set anew in { $state }: a calendar changed
step-failed = The playbook could not go on: { $fault }
step-no-state = not begun
demo-closes = #{ $number } closes by itself
demo-moves = #{ $number } goes on by itself
demo-client = Client
demo-client-role = Fills in the form, reads the mail
field-required = Please answer this.
field-email = This is no mail address. It looks like name@company.example.
field-changed-meanwhile = Somebody else changed this while you wrote, to “{ $now }”. Keep again to have it as you wrote it.
field-wrong = This does not fit: { $problem }
unfit-text = Up to { $most } characters fit here.
unfit-integer = A whole number is needed.
unfit-integer-between = A whole number from { $least } to { $most } is needed.
unfit-integer-from = A whole number from { $least } on is needed.
unfit-integer-to = A whole number up to { $most } is needed.
unfit-boolean = Yes or no is needed.
unfit-choice = One of these is needed: { $of }.
unfit-list = One on each line, a thousand at most.
unfit-date = A day is needed, such as 2026-12-25.
requester-name = Your name
requester-email = Your mail address
crossed = Something was said on this ticket while you were writing. Read it above, and send again if your answer still fits.

## Until when the mail is in

view-mailboxes = Mailboxes
view-kept = Kept mail
kept-empty = Every mail that came went to a ticket.
kept-set-aside = Set aside
kept-filed = Filed
kept-opened = Made a ticket of
kept-back = All kept mail
kept-why-no-sender = It does not say who it is from
kept-why-from-itself = It claims to come from this desk itself
kept-why-bounce-of-none = A bounce of no mail of ours
kept-why-bounce = A mail of ours came back
kept-why-program = A program wrote it and it belongs to no ticket
kept-why-came-back = A mail that this desk sent came back to it
kept-why-came-before = It is on its ticket already, by another address of ours
kept-why-notice-answered = A colleague answered a notice of the desk, which nobody reads there
kept-why-too-large = It is larger than the desk takes
kept-why-withheld = Its server does not give it out; it lies in its mailbox still
kept-why-breaks-off = Its server breaks off whenever it is asked for; it lies in its mailbox still
kept-why-failed = The desk failed on it
kept-why-in = { $why } (mailbox { $mailbox })
kept-no-subject = No subject
kept-nobody = It does not say
kept-ticket = Its ticket
kept-files = Files
kept-problems = What could not be understood
kept-whose = Whose mail is it?
kept-open = Open a ticket of it
kept-file = Nothing is to be done
kept-file-help = It stays here, filed, and waits for nobody any more.
mailboxes-empty = No mailbox is connected, and no program reports one: mail is brought to the desk as it arrives.
mailboxes-away = The desk was away from
mailboxes-patience = Mail servers bring again what they kept; what waits for silence waits for it until
mailbox-read = Read until
mailbox-late = Not read since
mailbox-paused = Paused, read until
mailbox-sends-only = Mail is only sent through it
mailbox-reported = a program fetches from it
mailbox-is-default = the default way out
mailbox-unsent = { $n ->
    [one] One mail waits to be sent:
   *[other] { $n } mails wait to be sent:
}
mailbox-unsettled = What is in the desk stays as it was on the server, because it could not be marked, moved or deleted there.
resting = This desk was restored and neither fetches nor sends mail yet.
resting-more = Have it go on
resting-title = This desk rests
resting-since = It was restored, and has neither fetched nor sent mail since
resting-why = The desk that the backup was made of may work still: see that it is stopped, or two read the same mailboxes and answer the same clients. What is to be sent waits here.
resting-go-live = Fetch and send mail
resting-ask = An owner can have it go on.
mailbox-connect = Connect a mailbox
mailbox-connect-intro = The desk fetches its mail and answers through it. Of well-known providers it knows the servers.
mailbox-go-on = Go on
mailbox-cancel = Cancel
mailbox-provider = Where is it?
mailbox-provider-by-address = As the address says
mailbox-provider-google = Google
mailbox-provider-microsoft = Microsoft 365
mailbox-provider-other = Somewhere else
mailbox-hint-google = Google takes no account password here: make an app password (Google account, Security, 2-Step Verification, App passwords) and enter that.
mailbox-hint-microsoft = Microsoft takes no passwords for mail programs any more: register an application in Microsoft Entra ID with IMAP and SMTP permissions, grant it the mailbox, and enter its id and the refresh token.
mailbox-hint-app-password = This provider takes an app password, made in its security settings, in place of the account's own.
mailbox-hint-other = The servers' names are a guess: your provider's help says what they are.
mailbox-part-about = The mailbox
mailbox-part-incoming = Fetching mail
mailbox-part-incoming-intro = By IMAP. What is new comes in within seconds; nothing is deleted unless you ask for it.
mailbox-part-outgoing = Sending mail
mailbox-part-outgoing-intro = By SMTP. Answers leave through the mailbox that their ticket came by.
mailbox-part-grant = Signing in
mailbox-part-grant-intro = Most servers take a password. Where only OAuth 2.0 is taken, a grant signs in instead, for fetching and sending.
mailbox-part-tickets = The tickets that it opens
mailbox-name = Name
mailbox-name-help = What colleagues call it.
mailbox-address = Mail address
mailbox-sender-name = Name of the sender
mailbox-host = Server
mailbox-incoming-host-help = Leave it empty to fetch no mail.
mailbox-outgoing-host-help = Leave it empty to send nothing through this mailbox.
mailbox-port = Port
mailbox-security = Protection
mailbox-security-tls = TLS
mailbox-security-starttls = STARTTLS
mailbox-security-none = None, on this machine only
mailbox-user = User name
mailbox-password = Password
mailbox-secret-kept = It is stored and not shown. Leave it empty to keep it.
mailbox-folder = Folder
mailbox-folders = There are: { $names }
mailbox-after = What becomes of fetched mail
mailbox-after-leave = It stays as it is
mailbox-after-seen = It is marked as read
mailbox-after-move = It is moved
mailbox-after-delete = It is deleted
mailbox-after-folder = Move it to this folder
mailbox-everything = Bring in what is there already?
mailbox-everything-help = Each old mail opens a ticket, and rules of the handbook answer it. Otherwise what is there stays where it is.
mailbox-login = Who signs in to send?
mailbox-login-same = As for fetching
mailbox-login-own = Somebody else
mailbox-login-none = Nobody
mailbox-tagged = Does the server take mail for name+anything@…?
mailbox-tagged-help = Then answers carry their ticket's mark in the address and always find it. If unsure, no.
mailbox-default = Does other mail leave through it too?
mailbox-default-help = Answers to forms and to tickets that came by no mailbox.
mailbox-sign-in = Sign in by
mailbox-sign-in-password = Password
mailbox-sign-in-grant = OAuth 2.0
mailbox-grant-endpoint = Token address
mailbox-grant-client = Application id
mailbox-grant-secret = Application secret
mailbox-grant-token = Refresh token
mailbox-grant-scope = Scope
mailbox-team = Team
mailbox-playbook = Playbook
mailbox-by-handbook = As the handbook says
mailbox-try-and-keep = Test and save
mailbox-try = Only test
mailbox-keep-anyway = Save without a test
mailbox-tried-well = All is well.
mailbox-tried-mails = { $n ->
    [one] All is well: one mail is in the folder.
   *[other] All is well: { $n } mails are in the folder.
}
mailbox-tried-at-once = New mail is told at once.
mailbox-tried-asked = New mail is asked for every minute.
mailbox-tried-said = The server says:
mailbox-pause = Pause fetching
mailbox-resume = Go on fetching
mailbox-pause-help = While it is paused, its mail stays on the server, and what waits for silence goes on waiting.
mailbox-remove = Remove this mailbox …
mailbox-remove-help = Nothing is fetched from it or waited for any more. Its tickets stay; their answers leave by the default way. Its mail stays on the server. Connected again, it brings in only what is new.
mailbox-remove-now = Remove
mailbox-wrong-secret = Enter it again: what is stored was for another server or user name, or is not known yet.
mailbox-wrong-taken = Another mailbox has this.
mailbox-wrong-long = At most 60 characters.
mailbox-wrong-host = Only the server's name, such as imap.acme.example; the port has a field of its own.
mailbox-wrong-port = A number from 1 to 65535.
mailbox-wrong-folder = Mail is fetched from that folder: choose another.
mailbox-wrong-login = No login for fetching is entered: choose another.
mailbox-wrong-strange = It is too long, or has an invisible character in it.
fault-name-unknown = No server has this name. Look for a mistake; often it is imap. or smtp. and the domain.
fault-nobody-listens = The server is there, but nobody listens at this port. Usual are 993 (TLS) or 143 (STARTTLS) to fetch, 465 (TLS) or 587 (STARTTLS) to send.
fault-unreachable = There is no way to the server. Is this machine online, and does a firewall stand between?
fault-silent = The server did not answer in time. A firewall may close the port, or the port is for the other kind of protection.
fault-dropped = The server closed the connection. It may be restarting, or have too many connections from here.
fault-no-tls = What answers at this port does not begin with TLS. Choose STARTTLS, or the port for TLS: 993 or 465.
fault-no-starttls = The server offers no STARTTLS, so the connection would stay unprotected. Choose TLS and its port: 993 or 465.
fault-wrong-name = The server's certificate is for another name. Write the name as the certificate has it.
fault-certificate-expired = The server's certificate has expired. Whoever runs the server has to renew it.
fault-certificate-not-yet-valid = The server's certificate is not valid yet. Look at this machine's clock.
fault-certificate-not-vouched-for = Nobody whom this machine believes vouches for the server's certificate. If the server is your company's own, give the desk its authority's certificate (--mail-ca).
fault-certificate-bad = The server's certificate is not in order. Whoever runs the server has to replace it.
fault-tls-failed = The server and the desk found no way to protect the connection. The server needs TLS 1.2 or later.
fault-unprotected = A password would travel unprotected. Choose TLS or STARTTLS; only a server on this machine is signed in to without.
fault-no-mechanism = The server offers no way to sign in that fits. Does it want a password or OAuth, and may one sign in at this port?
fault-login-refused = The server does not take this user name and password. Many providers want an app password, and IMAP switched on first.
fault-no-folder = There is no such folder. Capitals count.
fault-read-only = The folder can be read, but not changed. Leave its mail as it is, or have this login given the right to change it.
fault-sender-refused = The server does not let this login send as this address. Sign in as the address, or have the login allowed to send as it.
fault-recipient-refused = The server does not take mail for this address.
fault-refused = The server refuses this.
fault-not-now = The server does not do this now. Try again in a while.
fault-unfit = The server cannot take mail as the desk writes it.
fault-garbled = What answers cannot be understood. Is it a mail server of the right kind that listens at this port?
fault-endless = The server says more than can be borne. Is it a mail server that listens at this port?
fault-grant-refused = The permission to use the mailbox has ended. Have it granted again, and enter the new refresh token.
fault-bad-endpoint = This is no address for tokens: one begins with https://.
held-title = Waiting for the mail
held-empty = Nothing waits for the mail.
held-silence = A silence is up, unless the answer is on its way
held-draft = A suggested answer would be sent
held-due = due
held-more = There are more.

## What the procedure asks and suggests

view-questions = Questions to you
questions-label = Questions
questions-empty = Nobody asks you anything.
question-asked = Asked:
question-note = A note, if it helps
question-lapsed = No longer asked
answer-grant = Grant
answer-refuse = Refuse
answer-granted = Granted
answer-refused = Refused
suggestion-label = Suggested.
suggestion-sends = Will be sent by itself:
suggestion-waits = It waits for you to send it.
suggestion-dismiss = Dismiss
suggestion-gone = This suggestion is no longer there: it was sent, or the ticket moved on. Read the conversation, and send again if your words still fit.
demo-sends = #{ $number } sends what is suggested
demo-asks = #{ $number } asks again

## Who has how much

view-workload = Workload
workload-count = { $n ->
    [one] One ticket open or pending
   *[other] { $n } tickets open or pending
}
workload-empty = Nobody is in this team yet.
workload-by-person = By person
workload-by-component = By component
workload-person = Person
workload-component = Component
workload-tickets = Tickets
workload-about = About
workload-whose = Whose
workload-csv = Download as CSV
workload-next = gets the next
workload-chart = { $title }, as a chart. The table beneath says the same.
step-given = { $by } gave it to { $to }
step-taken = { $by } took it
step-left = { $by } gave it to nobody
thread-earlier = { $n ->
    [one] Show one earlier message
   *[other] Show { $n } earlier messages
}
message-remote = { $n ->
    [one] One picture is not shown: fetching it would tell its sender that you read this.
   *[other] { $n } pictures are not shown: fetching them would tell their sender that you read this.
}
message-remote-show = Show pictures
mail-files = Files

## At the door

sign-in-title = Sign in
sign-in-lead = With the mail address that you were invited by.
sign-in-send = Sign in
sign-in-refused = Address and password do not belong together. Look at both again, or choose a new password.
sign-in-wait = { $n ->
    [one] That was tried too often. Try again in a minute.
   *[other] That was tried too often. Try again in { $n } minutes.
 }
sign-in-forgotten = Forgot your password?
sign-out = Sign out
forgotten-title = Forgot your password?
forgotten-lead = Say your mail address, and a link to choose a new password is sent to it.
forgotten-send = Send me a link
forgotten-back = Back to signing in
asked-title = Look at your mail
asked-text = If somebody works here with that address, a link is on its way. It counts for 30 minutes. None came? Look among your spam, or ask an owner of your desk.
reset-title = Choose a new password
reset-lead = For { $whose }. Every browser that is signed in is signed out.
reset-send = Change the password
link-over-title = This link counts no longer
reset-over-text = It was used already, or it is older than 30 minutes. Have another one sent.
reset-over-onward = Send me another link
invitation-title = Come in
invitation-lead = You were invited as { $whose }. Choose a password for it.
invitation-send = Come in
invitation-over-text = The invitation was taken up already, withdrawn, or is older than 7 days. Sign in if you have a password; else ask whoever invited you for another.
set-up-title = Set up your desk
set-up-lead = Two things to begin with: what the desk is called, and who owns it.
set-up-desk = Name of the desk
set-up-desk-help = Clients read it in mails.
set-up-zone = Time zone
set-up-zone-help = Days and times of the desk’s procedures are counted there.
set-up-send = Set up
set-up-elsewhere-title = This desk is not set up yet
set-up-elsewhere-text = Open the link that it printed on its console when it started. It counts for a day and only once; “deskhand setup-link” prints a new one.
set-up-already-title = This desk is set up already
set-up-already-text = Somebody owns it by now. Sign in, or ask them to invite you.
welcome-title = Welcome
welcome-lead = { $desk } is set up
welcome-owner-title = Name and owner
welcome-owner-text = You own this desk and are signed in.
welcome-mail-title = Mail
welcome-mail-text = Connect a mailbox now, or try the desk with the mail catcher first: then nothing leaves, and what would be sent can be read there.
welcome-mail-connect = Connect a mailbox
welcome-mail-catcher = Open the mail catcher
welcome-handbook-title = Handbook
welcome-handbook-text = These procedures are published and run from now on. You can change all of them later.
welcome-playbooks = Procedures
welcome-forms = Forms
welcome-states = { $n ->
    [one] one state
   *[other] { $n } states
 }
welcome-people-title = Colleagues
welcome-people-text = Invite those who work here, and say in which team.
welcome-people-link = Invite colleagues
welcome-done = To the tickets
account-email = Mail address
account-name = Name
account-password = Password
account-new-password = New password
account-old-password = Present password
account-password-help = At least { $least } characters. Several words that only you put together are easy to remember and hard to guess.
password-short = At least { $least } characters, please.
password-long = At most { $most } characters, please.
password-common = This is among the first that somebody would try. Please choose another.
password-wrong = This is not your present password.
password-same = This is the password that you have.
zone-unknown = Please choose one of the list.
address-taken = Somebody here has this address already.

## One's own account

nav-account = Account
account-title = My account
account-profile = You
account-profile-keep = Keep
account-profile-kept = Kept.
account-language = Language
account-zone = Time zone
account-zone-help = Without one, times are shown as your browser has them.
account-password-change = Change the password
account-password-changed = The password is changed, and every other browser is signed out.
account-password-note = Every other browser is then signed out.
account-sessions = Where you are signed in
account-sessions-ended = Signed out there.
session-unknown = Unknown browser
session-this = this browser
session-since = signed in
session-seen = last used
session-end = Sign out there
session-end-others = Sign out everywhere else

## The people of the desk

people-title = People
people-invite = Invite
people-role = Role
people-role-help = Collaborators read and note on the tickets of their teams and those they are asked about, and never answer clients. Agents work on tickets. Leads publish handbooks too, owners do everything.
people-invited = The invitation is on its way.
people-role-changed = The role is changed. They sign in anew.
people-teams-changed = The teams are changed.
people-gone = They cannot sign in any more, and their open tickets went back to their teams.
people-no-url = The desk does not know where browsers reach it, so it cannot write links. Start it with --public-url.
people-letters-enough = This address was written to several times just now. Wait some minutes, and have them look among their spam.
people-last-owner = Nobody else owns this desk. Make somebody else an owner first.
people-came-already = They have a password already, and can ask for another one where they sign in.
people-oneself = Nobody sends themselves away. Another owner can.
role-owner = Owner
role-lead = Lead
role-agent = Agent
role-collaborator = Collaborator
person-invited = invited
person-left = left
person-unsent = The invitation could not be sent: { $reason }
person-change = Change
person-again = Send the invitation again
person-role-keep = Change the role
person-role-note = They are signed out and sign in anew.
person-teams-keep = Keep the teams
person-away = Send away
person-away-note = They are signed out at once and cannot sign in any more. Their open tickets go back to their teams, which are told. What they wrote stays.
person-away-send = Send { $name } away
invite-title = Invite a colleague
invite-lead = They are sent a link with which they choose a password. It counts once and for 7 days.
invite-send = Send the invitation
invite-back = Back to the people
letters-title = Caught letters
letters-note = Mail does not leave at present. These are for owners alone: whoever has such a link has the account.

## The inbox

view-teams = My teams
view-us = Waiting on us
view-due = Running out
view-snoozed = Snoozed
view-all = All tickets
views-own = Your views
row-select = Select #{ $number }
row-snoozed = Snoozed until
list-order = Order, and keeping this list
list-sort = Sort by
sort-newest = Newest change
sort-oldest = Oldest change
sort-priority = Priority
sort-due = What is due next
list-keep = Keep this list as a view
list-keep-name = Name of the view
list-keep-team = Who has it
list-keep-own = Only you
list-keep-shared = Shared with { $team }
list-keep-do = Keep view
list-gone = The view that was here was removed. These are all tickets.
list-removed = The view “{ $name }” was removed.
list-cut-by = Filtered by
list-keep-short = Keep as a view
filter-title = Filter
filter-any = Any
filter-me = You
filter-do = Show
cut-unfinished = Open or pending
cut-not-snoozed = Not snoozed
cut-due = Something happens by itself within four hours
cut-name-team = Team
cut-name-playbook = Procedure
cut-name-assignee = Assignee
cut-name-component = About
cut-name-status = Status
cut-name-priority = Priority
cut-name-tag = Tag
cut-name-clock = Clock
cut-name-quiet = Still
cut-name-organization = Organization
cut-name-requester = Asked by
cut-name-waiting = Waits on
cut-name-state = State
cut-name-due = Next
cut-name-snoozed = Snooze
search-as-list = Show as a list, which can be sorted and kept as a view
list-keep-rename = Call this view otherwise
list-keep-rename-do = Rename
view-shared = shared with { $team }
row-merged = Merged
solve-nothing = Nothing here solves it: look at its next steps.
list-keep-remove = Remove this view
priority-normal = Normal
bulk-label = What is selected
bulk-selected = Do with what is ticked:
bulk-count-one = 1 selected
bulk-count-many = { $n } selected
bulk-all = All in this view
bulk-all-chosen = All in this view
bulk-none = Select nothing
bulk-more = More that can be done
bulk-refused-ticket = This ticket
bulk-back = Back to the tickets
deeds-label = Snooze, priority and tags
deeds-assign = Give to somebody
deeds-snooze = Snooze
deeds-mark = Priority and tags
deeds-priority = Priority
deeds-tags = Tags
deeds-tag-name = Add a tag
deeds-tag-do = Add
deeds-untag = Remove the tag { $tag }
deeds-read = Mark as read
deeds-unread = Mark as unread
snooze-hour = In an hour
snooze-tomorrow = Tomorrow morning
snooze-monday = Monday morning
snooze-week = In a week
snooze-at = Another time
snooze-do = Snooze
snooze-off = Back into the inbox now
deed-assigned = Given to { $who }
deed-unassigned = Given to nobody
deed-prioritised = Priority: { $priority }
deed-tagged = Tagged { $tags }
deed-untagged = No longer tagged { $tags }
deed-snoozed = Snoozed until { $until }
deed-woken = Back in the inbox
deed-chosen = Done
deed-read = Read
deed-unread = Unread
deed-undone = Put back
deed-none = Nothing was changed
deed-tickets = { $n ->
    [one] one ticket
   *[other] { $n } tickets
}
deed-corrected = Fields corrected
deed-partly = { $done } of { $all } tickets
deed-changed-since = The ticket has changed since. Look at it, and change it by hand.
deed-no-such-choice = This step is not offered where the ticket stands.
deed-over = What is solved stands in no inbox already.
deed-bad-snooze = Choose a time that is still to come, within a year.
deed-snooze-when = Say until when.
deed-nothing-selected = Select a ticket first.
undo = Undo
step-prioritised = { $by } set the priority: { $priority }
step-tagged = { $by } tagged it: { $tags }
step-corrected = { $by } corrected { $field }: { $now } instead of { $was }
step-corrected-empty = nothing
step-untagged = { $by } removed its tags
step-snoozed = { $by } snoozed it until { $until }
step-woken = It came back into the inbox
step-undone = { $by } took that back
step-copied = { $by } put { $who } in copy
step-left-out = { $by } took { $who } out of copy

## The palette and the keys

palette-title = Commands
palette-placeholder = What do you want to do, or where to go?
palette-none = Nothing is called so.
palette-tag = Add a tag
palette-merge = Merge into another ticket
palette-link = Link with another ticket
palette-follow = Follow, or follow no longer
palette-settings = Settings
palette-theme = Theme: light, dark or as the system
palette-language = Language: { $language }
palette-places = Go to
palette-tickets = Tickets
palette-people = People
palette-their-tickets = Their tickets
palette-selected = { $n ->
    [one] One selected ticket
   *[other] { $n } selected tickets
}
palette-take = Take it
palette-assign = Give to { $who }
palette-leave = Give to nobody
palette-snooze = Snooze: { $until }
palette-priority = Priority: { $priority }
keys-title = Keys
keys-lead = A single letter does each of these wherever you are not writing. Give one another key, leave its field empty to have none, or turn them all off.
keys-off = Turn single keys off
keys-are-off = You have turned single keys off.
keys-keep = Keep these keys
keys-reset = As the desk proposes
keys-kept = Kept.
keys-change = Change keys, or turn them off
keys-bad = A key is one character.
keys-same = Two of them have the same key.
key-next = Next ticket
key-previous = Previous ticket
key-open = Open
key-back = Back to the list
key-neighbour-previous = Open the ticket above
key-neighbour-next = Open the ticket below
key-select = Select
key-range = Select all up to here
key-reply = Reply
key-note = Note
key-assign = Give to somebody
key-mine = Take it
key-choices = Choices, then their number
key-snooze = Snooze
key-solve = Solve
key-checklist = Checklist
key-context = Details
key-why = Why did that happen?
key-arrivals = Show what arrived
key-undo = Undo
key-search = Search
key-go = Go to, then a letter
key-go-to = Go to: { $place }
key-unread = Mark as unread
key-all = All keys
key-palette = Commands
key-send = Send

## Beside the procedure

more-label = More
follow-yes = Follow
follow-means = You are told when something is said here.
follow-no = Do not follow any longer
followers-label = Followers
followers-you = You
together-number = Number of the other ticket
together-no-such-ticket = There is no ticket of that number.
together-same-ticket = That is this ticket.
together-merged-already = This ticket is merged into another one already.
together-merged = This ticket was merged into another one. Go on there, or take the two apart first.
together-merged-elsewhere = That ticket was itself merged into another one. Merge into that one.
together-closed = That ticket is closed: nobody would see what was added to it. Merge the other way round.
together-organizations-differ = The two are for different organizations: an answer to one would tell it what the other asked. Link them instead.
together-reply-waits = A reply on this ticket waits to be sent. Send it now, or take it back.
together-waited-for = The ticket that opened this one waits for what it says. Bring it to its end, or link the two instead.
together-works-for-it = A ticket that this one opened is still at work for it. Merge the other way round, or link the two instead.
together-too-many-links = A ticket is linked with 100 others at most.
merge-title = Merge into another ticket
merge-why = Why, for your team
merge-means = Answers then go to whoever asked either, in one mail: each sees the other’s address.
merge-done = #{ $other } was merged into this
merge-do = Merge
merged-label = Merged
merged-into = Merged into
merged-by = by { $by }
merged-means = The conversation goes on there, and so does mail that answers this ticket. Nothing happens here by itself meanwhile.
merged-apart = Take apart again
merged-here = Merged into this ticket
message-from = from #{ $number }
composer-merged = This ticket was merged into another one: answer there.
link-title = See also
link-do = Link
link-away = Take the link away
related-label = See also
related-split = begun with a message from here
related-split-from = where this one’s first message was written
split-label = Make this a ticket of its own
split-subject = What it is about
split-means = The message stays here. A new ticket begins with it, for whoever wrote it, and the two are linked.
split-do = Begin a ticket
split-leave = Cancel
step-merged = { $by } merged this into { $other }
step-merged-here = { $by } merged { $other } into this
step-unmerged = { $by } took this out of { $other } again
step-unmerged-here = { $by } took { $other } out of this again
step-linked = { $by } linked this with { $other }
step-unlinked = { $by } took the link with { $other } away
step-split = { $by } began { $other } with a message of this
step-split-here = { $by } began this with a message of { $other }
preview-label = Look at how it will be read
later-label = Send later
later-hour = In an hour
later-morning = Next working morning
later-at = At another time
later-do = Send then
later-no-time = Choose a date and a time that lie ahead.
later-too-far = A reply can be written for a year ahead at most.
sending-reply = reply that waits
sending-briefly = Being sent in a moment
sending-at = Leaves { $at }
sending-held = Held back:
sending-held-crossed = Something was said on this ticket meanwhile.
sending-held-closed = The ticket was closed meanwhile.
sending-held-no-address = The requester has no mail address.
sending-held-nobody-there = Nobody with a verified address is known there.
sending-held-restored = The desk was restored from a backup, and this may have been sent since.
sending-held-otherwise = It could not be sent as things stand.
sending-undo = Undo
sending-take-back = Take back
sending-now = Send now
sending-anyway = Send anyway
sending-change = Another time
presence-looks = { $name } is looking at this ticket
presence-writes = { $name } is writing a reply
account-undo = Time to take a reply back
account-undo-help = So long does a reply wait before it leaves.
account-undo-seconds = { $seconds } seconds
account-undo-none = None: it leaves at once
alike-block = Earlier tickets
alike-merge = Merge into #{ $other } …
alike-label = Looks like
alike-words = shares { $words }
alike-organization = same organization
earlier-requester = Earlier, from the same person
earlier-organization = Earlier, from the same organization
earlier-more = All of them

## Clocks

context-clocks = What was promised
sort-clock = Clock that runs out first
deadline-running = Runs
deadline-warned = Running out
deadline-paused = Paused
deadline-breached = Overdue
deadline-met = Kept
deadline-late = Answered late
deadline-ended = Ended with the ticket
deadline-due = Due
deadline-closed = Outside working hours until { $until }.
deadline-not-us = Does not count while the ticket waits on others.
deadline-not-counted = Does not count as things stand: { $condition } is not so.
deadline-still-client = Stands still while the ticket waits on the client; { $left } left.
deadline-still-us = Stands still while the ticket waits on us; { $left } left.
deadline-still-others = Stands still while the ticket waits on somebody outside; { $left } left.
deadline-still-party = Stands still while the ticket waits on { $who }; { $left } left.
deadline-still-state = Stands still in “{ $state }”; { $left } left.
deadline-working-time = { $length } of working time
deadline-chip-left = { $length } left
deadline-stands = It has no end while it stands still
deadline-why-still = { $length } in which it stood still are not counted.
why-clocks = Clocks
why-clock-stopped = “{ $clock }” stands still from here; { $left } left
why-clock-resumed = “{ $clock }” goes on; { $left } left
deadline-took = Took { $length }.
deadline-why-day-client = The working day of { $who } ends then{ $by } ({ $zone }).
deadline-why-day-team = The working day of the team { $who } ends then{ $by } ({ $zone }).
deadline-why-day-ours = Our working day ends then{ $by } ({ $zone }).
deadline-why-working-client = { $length }, counted by the working hours of { $who }{ $by } ({ $zone }).
deadline-why-working-team = { $length }, counted by the working hours of the team { $who }{ $by } ({ $zone }).
deadline-why-working-ours = { $length }, counted by our working hours{ $by } ({ $zone }).
deadline-by-calendar = , by the calendar “{ $calendar }”
deadline-why-civil = { $length }, counted in { $zone }.
deadline-why-exact = { $length } from its beginning.
deadline-why-began = It began { $began }.
deadline-why-outside = It began { $began }, outside working hours, and so counts from { $from }.
deadline-why-holiday = { $day } is a holiday: { $name }.
deadline-why-day-off = { $day } is a day off.
deadline-business-minutes = { $n ->
    [one] One working minute
   *[other] { $n } working minutes
}
deadline-business-hours = { $n ->
    [one] One working hour
   *[other] { $n } working hours
}
deadline-business-days = { $n ->
    [one] One working day
   *[other] { $n } working days
}
deadline-days = { $n ->
    [one] One day
   *[other] { $n } days
}
deadline-weeks = { $n ->
    [one] One week
   *[other] { $n } weeks
}

## Today

view-today = Today
today-of = Whose
today-of-mine = Mine
today-of-teams = My teams
today-of-all = All
today-quiet = Nothing is about to break.
today-quiet-go = To your tickets
today-all = See all
today-more = and more
today-clocks = Running out
today-whose-mine = Counted here: tickets that are yours, and what nobody in your teams has. The views count everybody’s.
today-whose-teams = Counted here: tickets of your teams. The views count everybody’s.
today-whose-all = Counted here: every ticket that you may see, as the views do.
clocks-counted = A clock runs out within a day, or has run out; snoozed tickets too.
today-unassigned = Nobody has them
today-waiting = Waiting on us for days
today-paused = Waiting on others for days
today-held = Replies held back
cut-clock = Running out
cut-quiet = { $n ->
    [one] Unchanged for a day
   *[other] Unchanged for { $n } days
}

## Figures of a span

view-insights = Insights
insights-7d = 7 days
insights-28d = 28 days
insights-90d = 90 days
insights-12m = 12 months
insights-span = Days that end today
insights-days = Other days
insights-from = From
insights-to = to
insights-show = Show
insights-beside = beside { $days }
insights-before = before: { $figure }
insights-then = before:
insights-only = Only
insights-bad-day = Name two days, from 1970 on.
insights-bad-order = The last day is before the first one: name them the other way round.
insights-too-long = That is more than five years: name days that are nearer to each other.
insights-beneath = Beneath each figure stands that of the days before.
insights-all-again = : all again
insights-partial = Older tickets are still being counted: every figure may be too low for a while.
insights-opened = Opened
insights-closed = Solved or closed
insights-open = Unfinished at the end
insights-reopened = Came back
insights-answer = First answer, median
insights-answer-ninetieth = First answer, nine of ten within
insights-us = Waited on us, in all
insights-them = Waited on others
insights-nine-of-ten = Nine of ten within { $length }.
insights-volume = What came in and went out
insights-unfinished = What was unfinished
insights-waiting = On whom tickets waited
insights-as-table = As a table
insights-day = Day
insights-week = Week
insights-month = Month
insights-by-playbook = By playbook
insights-by-team = By team
insights-by-organization = By organization
insights-playbook = Playbook
insights-team = Team
insights-organization = Organization
insights-no-team = No team
insights-no-organization = Nobody’s
insights-nothing = Nothing happened in these days, nor in those before.
insights-note = Times are counted by the clock, nights and days off included. A first answer is the first reply to the client by a colleague or a playbook; what a playbook sends as a ticket is opened, or when a timer or a clock runs out, is none. Of tickets that were merged into another one only that one counts. Today counts as far as it has come.
procedure-happened = What really happened
procedure-of = What happened in { $playbook }
procedure-short = what happened
procedure-tickets = { $n ->
    [one] { $n } ticket took a step
   *[other] { $n } tickets took a step
}
procedure-partial = There were more steps than are counted here: ask for fewer days.
procedure-nothing = No ticket of this playbook took a step in these days.
procedure-drawn = In the drawing: how often a state was entered and how long half of the stays were at most; behind a transition, how often it was taken. What no ticket did is thin.
procedure-states = How long tickets stayed
procedure-state = State
procedure-gone = no longer in the playbook
procedure-entered = Entered
procedure-again = Come back to
procedure-present = There still
procedure-median = Median
procedure-ninetieth = Nine of ten within
procedure-moves = Which ways they took
procedure-from = From
procedure-event = Because of
procedure-to = To
procedure-times = Times
procedure-at-once = at once
procedure-csv-states = States as CSV
procedure-csv-moves = Ways as CSV
procedure-ocel = Event log (OCEL 2.0)
procedure-xes = Event log (XES)
procedure-note = Stays that began in these days count, however late they ended; one that goes on is longer than all that ended. States and ways of other versions of the playbook are told by their names. Event logs name neither people nor organizations, only their numbers.
insights-answered = { $n ->
    [one] One client was answered.
   *[other] { $n } clients were answered.
}
insights-more = { $n ->
    [one] One more is in the file.
   *[other] { $n } more are in the file.
}

## Organizations and contacts

view-organizations = Organizations
view-contacts = Contacts
palette-clients = Clients
organizations-words = Name or key
contacts-words = Name or address
plans-all = Every plan
clients-cut = Show
clients-none = Nobody fits this.
clients-first = First page
organizations-empty = There are no organizations yet. Make one, or import a file of them.
organizations-all = Show all organizations
contacts-empty = Nobody has written yet. Whoever does stands here, and you can import a file of people.
contacts-all = Show all contacts
organization-new = New organization
contact-new = New contact
imports-title = Import
export-csv = CSV
export-xlsx = Excel
client-facts = What is known
client-tickets = Open tickets
client-tickets-all = All tickets ({ $count })
client-tickets-none = Nothing is open.
client-tickets-open = List of the open ones
client-tickets-search = Search among them
client-change = Change
client-keep = Keep
people-kept = What you changed is kept.
organization-key = Key
organization-key-help = What other systems know it by: one word without spaces. It stays as it is.
organization-key-taken = Another organization has this key.
organization-name = Name
organization-parent = Upstream organization
organization-parent-help = Its key.
organization-children = Organizations beneath it
organization-nobody = Nobody is known there yet.
people-language = Language
attribute-none = Not said
attribute-list-help = One a line.
attribute-date-help = As 2026-12-24.
contact-name = Name
contact-email = Mail address
contact-email-taken = Somebody else has this address.
contact-organization-help = Its key; empty for nobody’s.
contact-may = May, for their organization
contact-may-help = As playbooks name it, such as confirm-access; with commas between.
contact-addresses = Addresses
contact-addresses-help = One in each line; they are written to at the first. An address that mail was exchanged with stays.
contact-addresses-none = A contact has one address at least.
contact-addresses-wrong = { $address } is no mail address.
contact-addresses-taken = { $address } is somebody else’s.
contact-addresses-used = Mail was exchanged with { $address }, so it stays. It can stand last.
contact-verified = verified
contact-verified-help = Known to be theirs
contact-unverified = not verified
contact-is-erased = Erased
contact-erased = What was known of them is erased.
contact-erased-note = What was known of this person was erased. Their tickets stay, without words.
contact-data = All that is known of them (ZIP)
contact-erase = Erase…

## Imports

import-contacts = Import contacts
import-organizations = Import organizations
import-lead = Bring a file; you see what would become of each row before anything changes. Who is known is changed where the file says something else, and an empty cell changes nothing.
import-file = File
import-file-help = CSV or Excel (.xlsx), { $most } rows at most, with the titles of the columns in the first row.
import-look = Look at it
import-titles = Columns are known by their titles:
import-earlier = Earlier files
import-no-file = Choose a file first.
import-empty = The file has no rows beneath its titles.
import-no-key = No column says who each row is about. Choose which one holds the mail addresses of contacts, or the keys of organizations.
import-no-table = This is neither CSV nor an Excel workbook. Save it as one of them.
import-too-many = The file has more than { $most } rows. Bring it in parts.
import-too-large = The file is too large. Bring it in parts.
import-reading = Being read
import-looked-at = Not carried out
import-running = Under way
import-done = Carried out
import-undoing = Being undone
import-undone = Undone
import-columns = What each column is taken for
import-left-out = left out
import-column-email = Mail address
import-column-key = Key
import-column-name = Name
import-column-first-name = First name
import-column-last-name = Last name
import-column-organization = Organization
import-column-role = Role
import-column-plan = Plan
import-column-parent = Upstream organization
import-column-time-zone = Time zone
import-column-language = Language
import-look-again = Look at it again
import-column-twice = Two columns are taken for the same. Leave one of them out.
import-discard = Discard this file
import-undo = Undo this import
import-rows = Rows
import-rows-all = All
import-new = New
import-changed = Changed
import-unchanged = Unchanged
import-refused = Refused
import-row-new = New
import-row-changed = Changed
import-row-unchanged = Unchanged
import-row-refused = Refused
import-no-rows = There are no such rows.
import-nobody = nobody
import-removed = Removed again
import-put-back = Put back
import-left = Left as it is: changed since, or in use
import-twice = A row before it is about the same.
import-no-organization = There is no organization with this key or name.
import-bad-key = A key is one word, without spaces.
import-carry = { $n ->
    [one] Carry out: { $n } row
   *[other] Carry out: { $n } rows
}

## Erasing somebody

erase-title = Erase { $name }
erase-goes = This goes, for good:
erase-person = Name, addresses, role, language, organization and attributes:
erase-elsewhere = Mails of theirs that were set aside, and their name and addresses wherever a search finds them on other tickets.
erase-final = This cannot be undone, and backups that were made before still hold it.
erase-confirm = I have looked at what goes, and it is to go.
erase-unconfirmed = Tick the box if all of this is to go.
erase-now = Erase for good
erase-messages = { $n ->
    [one] The words of { $n } message on their tickets, whoever wrote it
   *[other] The words of { $n } messages on their tickets, whoever wrote them
}
erase-files = { $n ->
    [one] { $n } file that came or went with them
   *[other] { $n } files that came or went with them
}
erase-tickets = { $n ->
    [one] { $n } ticket stays as a number, with its states and times, asked by “Erased person”; what is open goes on.
   *[other] { $n } tickets stay as numbers, with their states and times, asked by “Erased person”; what is open goes on.
}

## The handbook

view-handbook = Handbook
handbook-read = Read
handbook-edit = My draft
handbook-publish = Differences
handbook-scenarios = Scenarios
handbook-revisions = Revisions
handbook-todays = Revision { $number }, today’s
handbook-revision = Revision { $number }
handbook-today = Today’s
handbook-draft-on = Your draft, on revision { $number }
handbook-no-draft = You have no draft: the first change begins one on revision { $number }
handbook-files = Files
handbook-playbooks = Playbooks
handbook-forms = Forms
handbook-replies = Replies
handbook-calendars = Calendars
handbook-impacts = Impacts
handbook-lookups = Look-ups
handbook-segments = Segments
handbook-stories = Scenarios
handbook-desk = The desk
handbook-file-new = new
handbook-file-changed = changed
handbook-file-removed = taken out
handbook-edit-this = Edit
handbook-more-lines = { $n ->
    [one] One more line is not shown.
   *[other] { $n } more lines are not shown.
}
handbook-as-list = The same as a list
handbook-here = here now
handbook-end = The end
handbook-stays = it stays
handbook-undrawn-large = This procedure has too many states and arrows to be drawn here.
handbook-undrawn = The drawing comes back when the file can be read.
handbook-error = Error
handbook-warning = Warning
handbook-line = Line { $line }
handbook-path = How that comes about
handbook-not-kept = This was not kept.
handbook-crossed = Revision { $number } was published since your draft began.
handbook-crossed-look = Look at what crossed
handbook-crossed-what = It changes this of what your draft stands on. Go on from it, and your draft has both, also in one file where these are different lines; then publish.
handbook-crossed-both = Of these you have both changed the same lines. What is not ticked stays as it is in your draft, without what they changed there.
handbook-crossed-theirs = { $path }: take theirs
handbook-rebase = Go on from revision { $number }
handbook-sound = Nothing is wrong with it.
handbook-errors = { $n ->
    [one] One error
   *[other] { $n } errors
}
handbook-warnings = { $n ->
    [one] One warning
   *[other] { $n } warnings
}
handbook-more-findings = { $n ->
    [one] One more finding
   *[other] { $n } more findings
}
handbook-kept = Kept in your draft.
handbook-to-publish = See the differences and publish
handbook-keep = Keep in my draft
handbook-keeping = Keeping …
handbook-away = The desk cannot be reached: this is not kept yet.
handbook-findings = What is to be said of it
handbook-new-file = New file
handbook-new-path = Folder and name
handbook-new-example = playbooks/name.yaml
handbook-new-make = Make it
handbook-remove = Take out
handbook-restore = As it was published
handbook-is-removed = Your draft takes this file out.
handbook-discard = Throw my draft away
handbook-discard-sure = Everything that it changes is gone then.
handbook-discard-do = Throw it away
handbook-running = { $n ->
    [0] no running tickets
    [one] one running ticket
   *[other] { $n } running tickets
}
handbook-tickets = { $n ->
    [one] one ticket
   *[other] { $n } tickets
}
handbook-what-changed = What it changed
handbook-again = Begin a draft with it
handbook-not-published = It was not published.
handbook-nothing = There is nothing otherwise.
handbook-for-tickets = For tickets that run
handbook-keep-theirs = { $n ->
    [0] No tickets run. New ones run what is published.
    [one] One ticket runs, and keeps the revision that it began with. New ones run what is published.
   *[other] { $n } tickets run, and keep the revision that they began with. New ones run what is published.
}
handbook-stranded = These stand in states that are not there any more. Whoever moves them to the new revision says where they go:
handbook-called = (it is called { $name } now)
handbook-in-words = In words
handbook-by-line = Line by line
handbook-added = added
handbook-removed = removed
handbook-cut = There is more than is shown.
handbook-why = Why it changes
handbook-publish-do = Publish
handbook-publish-means = It becomes today’s handbook at once.
handbook-blocked = { $n ->
    [one] One error stands in the way.
   *[other] { $n } errors stand in the way.
}
handbook-unsound = It is not sound: see what is to be said of it.
handbook-unplayable = The scenarios cannot be read.
handbook-no-scenarios = This handbook has no scenarios.
handbook-hold = { $n ->
    [one] One holds
   *[other] { $n } hold
}
handbook-fail = { $n ->
    [one] One does not
   *[other] { $n } do not
}
handbook-playing = of { $count }, and they are being played
handbook-to-play = { $n ->
    [one] One scenario, not played yet
   *[other] { $n } scenarios, not played yet
}
handbook-play = Play all
handbook-look-again = Look again
handbook-met = { $n ->
    [one] holds: one expectation met
   *[other] holds: { $n } expectations met
}
handbook-fails = does not hold
handbook-not-played = not played
handbook-time = Step of the story
handbook-steps = Steps
handbook-step-before = The step before
handbook-step-after = The step after
handbook-effects = Did:
handbook-held = held
handbook-held-not = did not hold
handbook-mails = Mails until then
handbook-no-mails = None yet.
handbook-now = now
handbook-to = To
handbook-no-steps = Nothing happened in this story.
handbook-film-cut = There was more than is shown: the story is long.

## Notices

nav-notices = Notices
view-notices = Notifications
notices-read-all = Mark all as read
notices-choose = What, how and when
notices-empty = Nobody has told you anything yet.
notices-more = { $n } more
notice-unread = Unread
notice-read = Mark as read
topic-assigned = Given to you
topic-mentioned = You were named
topic-asked = You are asked
topic-client = A client wrote on yours
topic-followed = News of what you follow
topic-warning = A clock runs out soon
topic-breach = A clock ran out
topic-playbook = Told by a playbook
topic-snoozed = Back from a snooze
topic-nobody = Nobody is there
topic-delivery = Mail that did not leave or arrive
topic-desk = What looks after itself failed
choices-title = What you are told
choices-lead = Which notices reach you, by which ways, and when.
choices-kept = Your choices are kept.
choices-stays-here = Notices stay in the list for now: this desk was started without --public-url, so it can write no links.
choices-mail-failed = The last mail with notices could not be sent to you:
choices-topic = About
choices-rhythm = Mail comes
choices-hours = When you work
choices-hours-help = Outside of these hours what is not urgent waits, and comes together when they begin. The list of notices never waits.
choices-urgent = Comes at any hour
choices-keep = Keep
choices-bad-hours = { $day }: write hours as 09:00-12:30, 14:00-18:00, in order, or nothing for a day off.
choices-no-hours = At least one day needs hours, such as 09:00-17:00.
choices-no-calendar = This calendar is no longer there. Choose another one.
way-in-app = List
way-mail = Mail
way-slack = Slack
way-discord = Discord
way-push = Screen
rhythm-at-once = Each notice at once
rhythm-hourly = Together, every hour
rhythm-daily = Together, when the next working day begins
hours-always = Whenever: nothing waits
hours-calendar = By a calendar of the desk
hours-own = Hours of my own
hours-own-help = Such as 09:00-12:30, 14:00-18:00; nothing for a day off. In the time zone
urgent-breach = A clock that ran out
urgent-tickets = Whatever is about an urgent ticket
day-monday = Monday
day-tuesday = Tuesday
day-wednesday = Wednesday
day-thursday = Thursday
day-friday = Friday
day-saturday = Saturday
day-sunday = Sunday
push-title = Browsers
push-help = Notices come to the screen of the computer or phone, also while no page of the desk is open. What comes there is chosen above once one is turned on.
push-turn-on = Turn on in this browser
push-turn-off = Turn off
push-this = This one
push-since = Added
push-unable = This browser cannot do it: it takes scripts, and a browser that takes what is pushed to it. In a private window it often cannot.
push-blocked = This browser was told not to show notices of the desk. Allow them in what it knows of this page (beside the address), and load the page again.
push-failed = It could not be turned on: the browser could not reach the service that brings what is pushed to it, or is not allowed to. Try again.
push-no-key = Nothing can be pushed from this desk: it has no master key, or does not know where browsers reach it.
push-tried = It is on its way. If nothing is shown in a moment, look whether the system of this device holds notices back.
push-gone = That browser takes nothing any more, so it was taken off the list. Turn it on there again.
hooks-title = Slack and Discord
hooks-help = Notices are put to addresses that Slack or Discord give for it (incoming webhooks). What comes there is chosen above once there is one.
hooks-shared = Of teams and channels
hook-kind = Where
hook-of = For whom
hook-of-me = What I am told
hook-of-roles = Leads and owners
hook-of-channel = A channel that playbooks name
hook-name = Name of that channel
hook-address = Address
hook-address-help = Whoever has it may write there: it is kept sealed and never shown again.
hook-keep = Add
hook-try = Try
hook-remove = Remove
hook-failed = The last notice was not taken:
hook-tried = { $host } took it. Look there.
hook-bad-address = This is no address that begins with https://. Copy all of it.
hook-not-public = The address leads to this machine or into a network of its own, where the desk does not post. Whoever runs it can allow that with --private-webhooks.
hook-unreachable = It could not be asked: { $reason }.
hook-gone = It knows the address no longer ({ $status } { $said }). Have a new one made there, and remove this one.
hook-busy = It takes nothing now ({ $status } { $said }). Try again in a while.
hook-leads-elsewhere = It leads elsewhere ({ $status } { $said }), where a secret address is not taken along. Enter the address that it leads to.
hook-refused = It did not take it ({ $status } { $said }). Is it an incoming webhook of the kind that you chose?
hook-no-name = Say which channel it is.

## Opening a ticket by hand

opening-title = New ticket
opening-email = For whom
opening-email-help = Their mail address. Whoever the desk knows already is offered as you type.
opening-name = Their name
opening-playbook = Procedure
opening-subject = Subject
opening-first = What it begins with
opening-theirs = What they told me
opening-ours = I write to them
opening-body = The words
opening-mine = I take it
opening-look = Show what it asks
opening-files = Files
opening-files-help = Whatever belongs to the words, { $most } MB together at most.
opening-files-again = Choose the files again, they were not kept: { $names }
opening-do = Open the ticket
opening-not-by-hand = Colleagues open no tickets of this procedure.
key-open-ticket = Open a new ticket

## Working time
calendar-title = Working time
calendar-lead = Clocks that are counted by these hours run only in them. A change counts at once, for those that are running too.
calendar-own = By the calendar “{ $calendar }” ({ $zone })
calendar-of-desk = By the calendar of the desk, “{ $calendar }” ({ $zone })
calendar-always = Every hour counts: the desk has no calendar
calendar-off = Off
calendar-months = Other months
calendar-open = Months and changes
calendar-which = Working hours
calendar-none-own = None of its own: those of the team, else of the desk
calendar-by-handbook = As the handbook says
calendar-days-off = Days off besides
calendar-days-off-help = One a line: 2026-12-24, or several days as 2026-12-24..2026-12-31. A name may follow: 2026-12-24 Christmas Eve.
day-off-no-date = Line { $line }: “{ $day }” begins with no day. Write it as 2026-12-24 or 2026-12-24..2026-12-31, and a name behind it.
day-off-backwards = Line { $line }: “{ $day }” ends before it begins.
day-off-too-long = Line { $line }: “{ $day }” is longer than a year.
day-off-bad-name = Line { $line }: the name is longer than 80 characters.
calendar-kept = Kept. Running clocks follow.
calendar-back = Back
calendar-teams = Working time of the teams
calendar-teams-note = Procedures can be counted by the hours of the team that a ticket belongs to.

## Replies that wait
view-sendings = Held replies
sendings-of-mine = Mine
sendings-of-teams = My teams’
sendings-of-all = All
sendings-empty = No reply waits here. One that is sent later stands here until it leaves.
sendings-later = Later ones
