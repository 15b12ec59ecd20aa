# O que as páginas do Deskhand dizem, em português europeu.

brand = Deskhand
language-name = Português
skip-to-content = Saltar para o conteúdo
nav-label = Navegação
nav-home = Guia
nav-form = Formulário
nav-tickets = Pedidos
nav-questions = Perguntas
nav-mail = Correio
theme-system = Tema: o do sistema
theme-light = Tema: claro
theme-dark = Tema: escuro
toast-failed = Não resultou e nada foi alterado. Tente novamente.
toast-offline = Não é possível contactar o servidor. O que escreveu ficou guardado aqui.
dismiss = Dispensar
yes = Sim
no = Não
optional = facultativo
choose = Escolha…
nobody = Ninguém

## A barra da demonstração

demo-label = Comandos da demonstração
demo-clock = Relógio do serviço:
demo-advance = Adiantar o relógio
demo-hour = +1 h
demo-hour-label = +1 h: adiantar uma hora
demo-day = +1 d
demo-day-label = +1 d: adiantar um dia
demo-three-days = +3 d
demo-three-days-label = +3 d: adiantar três dias
demo-next = Até ao próximo prazo
demo-next-none = Nada agendado
demo-links = Lugares da demonstração
demo-acting = A agir como

## A lista de pedidos

tickets-title = Pedidos
view-solved = Resolvidos
view-mine = Meus
view-unassigned = Por atribuir
views-teams = Equipas
views-playbooks = Procedimentos
column-status = Estado
column-number = Número
column-subject = Assunto
column-requester = De
column-state = Em que ponto está
column-assignee = Responsável
column-clock = Prazo ou atualização
list-empty = Não há pedidos aqui.
list-empty-form = Preencher o formulário
list-empty-all = Ver todos os pedidos
list-arrived-one = { $count } novo
list-arrived-other = { $count } novos
list-older = Mais antigos
list-newest = Mais recentes
pages-label = Páginas
row-unread = Por ler:

## The search

search-title = Procurar
search-title-of = Procurar: { $words }
search-label = Procurar palavras
search-placeholder = Palavras, ou is:open from:maria
search-button = Procurar
search-explained = As palavras encontram os pedidos em que todas estão no mesmo sítio, e também pessoas e empresas. Os operadores encontram pedidos pela situação em que estão.
search-empty = Nada do que pode ver corresponde a “{ $words }”.
search-filling = O que foi escrito antes ainda está a entrar na pesquisa: pode faltar algo antigo.
search-no-words = Não há aí nada para procurar: são precisas palavras, ou operadores com algo a seguir.
search-too-much = É demasiado para procurar de uma vez. Use menos palavras.
search-ticket = Pedido
search-message = Mensagem
search-merged = Unido ao #{ $number }
search-contact = Contacto
search-organization = Empresa
search-more = Mais
search-newest = Mais recentes
search-further = Procurar mais atrás
search-not-yet = Por enquanto nada entre os mais recentes.
search-understood = O que se procura
search-take-away = Retirar isto
search-not = sem
search-offers = Operadores
search-examples = Exemplos
search-meant = Queria dizer
search-remark-unknown-operator = “{ $term }” não começa por nenhum operador, por isso procuraram-se as palavras.
search-remark-unknown-value = “{ $term }” foi procurado como palavras: o operador aceita { $takes }.
search-remark-no-day = “{ $term }” foi procurado como palavras: um dia é 2026-10-01, hoje, ontem ou 7d.
search-remark-no-value = “{ $term }” precisa de algo a seguir e não contou.
search-remark-not-joining = “{ $term }” não contou: o que se encontra tem tudo o que escreveu. Um sinal menos antes de uma palavra exclui o que a tem.
search-remark-nobody = Ninguém nem nada se chama assim: “{ $term }”.
search-remark-too-many = Há mais de { $takes } com esse nome; contaram os { $takes } mais recentes: “{ $term }”.
search-operator-is = em que situação está o pedido
search-operator-from = quem pediu: um nome ou um endereço
search-operator-assignee = quem o tem: um nome, me ou none
search-operator-org = a empresa a que diz respeito
search-operator-team = a equipa que o tem
search-operator-tag = uma etiqueta
search-operator-priority = a urgência
search-operator-playbook = o procedimento que segue
search-operator-state = o estado em que está
search-operator-channel = como chegou ou foi respondido
search-operator-has = com um ficheiro
search-operator-in = onde estão as palavras
search-operator-before = num dia anterior
search-operator-after = nesse dia ou depois
search-operator-on = nesse dia
search-example-unassigned = abertos, que ninguém tem
search-example-from = da Maria, com um ficheiro
search-example-phrase = palavras exatas, sem outra
search-example-mine = meus, dos últimos sete dias
search-example-notes = uma palavra só nas notas

## Em que ponto está um pedido

status-open = Aberto
status-pending = Pendente
status-solved = Resolvido
status-closed = Fechado
waiting-on-us = À nossa espera
waiting-on-client = À espera do cliente
waiting-on-other = À espera de outros
clock-itself = Por si:
clock-left = Tempo restante:
clock-over = Em atraso:
clock-paused = Em pausa:
priority-urgent = Urgente
priority-high = Alta
priority-low = Baixa
priority-because = Porque
priority-by = Dada por
priority-phrases = Pelas expressões

## Um pedido

ticket-back = Voltar à lista
thread-label = Conversa
thread-arrived = Chegou uma mensagem nova.
thread-latest = Ver a mais recente
message-to = para { $to }
message-automatic = enviada automaticamente
message-quoted = Mensagens anteriores
message-original = Mensagem original
message-attachments = Anexos
note-private = Só a sua equipa vê isto
delivery-waiting = A enviar
delivery-sent = Enviada
delivery-failed = Não foi possível entregar:
returned-hard = { $who } não recebeu, e não adianta tentar de novo:
returned-soft = { $who } não recebeu, embora o servidor tenha tentado muito tempo:
returned-delayed = { $who } ainda não recebeu; o servidor continua a tentar:
returned-unproved = Um relatório diz que { $who } não recebeu. A mensagem não foi para esse endereço, por isso nada mudou:
why = porquê?
why-event = Por causa de
why-note = Motivo
why-transition = Passou de
why-to = para
why-guards = Verificou
guard-held = verdadeiro
guard-failed = falso
why-actions = Fez
why-line = Está escrito em
choices-label = Próximos passos
composer-kind = O que está a escrever?
composer-reply = Resposta
composer-note = Nota
composer-body = Escreva aqui
composer-send = Enviar resposta
composer-to = Para
copies-label = Cc
copies-none = Cc
copies-add = Pôr alguém em cópia
copies-address = maria@acme.example
copies-do = Adicionar
copies-out = Tirar { $who } da cópia
copies-no-address = Escreva endereços de e-mail, separados por vírgulas.
copies-full = Já há { $most } pessoas em cópia. Tire primeiro alguém.
message-copies = cc { $names }
composer-unreachable = Não se conhece ninguém com endereço verificado como: { $names }
composer-add-note = Juntar nota
composer-attach = Anexar ficheiros
composer-drop = Largue aqui os ficheiros
composer-detach = Retirar { $name }
composer-too-large = Um ficheiro pode ter 25 MB, e todos os de uma mensagem juntos também.
composer-upload-failed = Isso não chegou. Tente outra vez.
composer-kept = Rascunho guardado
composer-unkept = Ainda não guardado; este navegador tem-no
composer-returned = Voltaram palavras ao que está a escrever: a sua resposta foi retirada, ou escreveu noutra janela.
composer-empty = Escreva algo ou anexe um ficheiro.
composer-keep = Guardar o rascunho
composer-kept-mark = (há um rascunho)
canned-choose = Escolher uma
canned-label = Respostas prontas
canned-filter = Procurar uma resposta
canned-none = Nenhuma resposta se chama assim.
mention-label = Avisar um colega
mention-filter = Procurar um colega
mention-none = Ninguém que veja este pedido se chama assim.
file-gone = Um ficheiro desta mensagem já não está lá. Veja os ficheiros e envie outra vez.
composer-closed = Este pedido está fechado. Uma nova mensagem do cliente reabre-o ou dá início a outro.

## Ao lado de um pedido

context-label = Detalhes
context-open = Detalhes
context-close = Fechar os detalhes
context-procedure = Em que ponto está
context-requester = Quem pediu
context-role = Função
context-organization = Organização
context-plan = Plano
context-owner = A cargo de
context-assignee = Responsável
owner-assign = Atribuir o pedido a alguém:
owner-me = eu
owner-team = A equipa do pedido
owner-others = Outros colegas
owner-nobody = Ninguém
context-team = Equipa
context-links = Pedidos ligados
context-fields = Campos
drawing-show = Mostrar o desenho
drawing-page = Abrir em página própria
drawing-label = Desenho do procedimento
state-here = (está aqui)
state-within = (está dentro deste)
state-travelled = (já passou por aqui)
state-ahead = (por alcançar)
timer-held = Suspenso: { $reason }
held-mailbox = a caixa { $name } foi lida pela última vez { $when }
held-away = espera-se pelo correio enviado enquanto o sistema esteve parado, até { $when } no máximo
link-opened = Aberto por este pedido:
link-opener = Este pedido foi aberto por:
links-more = e mais { $count }
field-missing = Em falta
field-empty = –
fields-correct = Corrigir
fields-correct-do = Guardar
fields-changed-since = Outra pessoa alterou isto entretanto. Veja o que diz agora.

## Formulários

summary-errors = { $n ->
    [one] Há uma resposta por corrigir
   *[other] Há { $n } respostas por corrigir
}
form-send = Enviar pedido
thanks-title = Pedido recebido
thanks-received = Pedido recebido, número { $number }
thanks-answer = Respondemos por correio, para o endereço que indicou. Pode responder a essa mensagem quando quiser.
thanks-see = Ver como colega
thanks-again = Enviar outro pedido

## A caixa de correio da demonstração

mail-title = Correio retido
mail-about = Sobre o correio retido
mail-empty = Ainda não há mensagens. Tudo o que o serviço envia vem parar aqui.
mail-explained = A demonstração não envia nada a ninguém. Escolha uma mensagem para ler o que o cliente receberia.
mail-back = Voltar às mensagens
mail-ticket = Pedido n.º { $number }
mail-raw = Mensagem em bruto
mail-from = De
mail-to = Para
mail-date = Data
mail-headers = { $n ->
    [one] Um cabeçalho
   *[other] { $n } cabeçalhos
}
mail-html = Como se apresenta
mail-text = Em texto simples

## Início, entrada e erros

home-title = Um pedido, do formulário ao fim
home-lead = Este serviço segue um procedimento sozinho e só chama as pessoas para o que precisa de uma pessoa. Acompanhe um pedido do princípio ao fim: demora três minutos.
home-foot = Tudo aqui é inventado, nada é enviado a ninguém, e o relógio é seu.
walk-done = (feito)
walk-1-title = Faça um pedido, como cliente
walk-1-text = Preencha o formulário como a Maria, da Acme. Abre-se um pedido, e verifica-se logo se reúne as condições necessárias.
walk-1-link = Abrir o formulário
walk-2-title = Veja o que o serviço fez
walk-2-text = A cliente recebeu uma resposta, e um pedido ligado foi entregue ao colega com menos pedidos em aberto. Cada passo diz porquê.
walk-2-link = Abrir os pedidos
walk-3-title = Aja como um colega
walk-3-text = Na barra de cima, aja como a pessoa responsável, abra o pedido ligado e escolha «Configured».
walk-3-link = Abrir os meus pedidos
walk-4-title = Publique
walk-4-text = Escolha «Published». A cliente é avisada automaticamente; leia a mensagem tal como ela a recebe.
walk-4-link = Ler a mensagem
walk-5-title = Adiante o relógio
walk-5-text = Avance um dia na barra de cima. Ninguém respondeu, e o pedido fecha-se sozinho, como manda o procedimento.
walk-5-link = Ver o pedido fechar
error-404-title = Não há nada aqui
error-404-cause = O endereço pode ter um erro, ou o que aqui estava mudou de lugar. Continue a partir da lista.
error-403-title = Não tem acesso a esta página
error-403-cause = A sua função não abre esta página. Se precisar dela, fale com quem coordena a sua equipa.
error-409-title = Entretanto aconteceu alguma coisa
error-409-cause = Alguém foi mais rápido, ou as coisas já não estão onde isto era possível. Volte atrás, veja como estão agora e tente outra vez.
error-413-title = Isto é grande demais
error-413-cause = O que foi enviado é maior do que esta mesa aceita. Torne-o mais pequeno, ou envie-o em partes.
error-503-title = De momento não é possível responder
error-503-cause = Nada seu se perdeu. Costuma voltar por si: tente outra vez daqui a um momento.
error-again = Tentar outra vez
error-422-title = Não foi possível compreender o pedido
error-422-cause = Falta alguma coisa no que foi enviado, ou já não está atual. Volte atrás, reveja e envie de novo.
error-500-title = Algo falhou do nosso lado
error-500-cause = Nada do que é seu se perdeu. Tente daqui a pouco; se continuar, indique ao responsável pelo serviço a referência abaixo.
error-to-tickets = Ir para os pedidos
error-to-sign-in = Entrar
error-to-home = Ir para o guia
error-reference = Referência

## Tempo

when-now = agora
when-ago = há { $amount }
when-in = daqui a { $amount }
when-minutes = { $count } min
when-hours = { $count } h
when-days = { $count } d
when-weekdays = seg ter qua qui sex sáb dom
when-months = jan fev mar abr mai jun jul ago set out nov dez

## O que a página de um pedido diz do seu procedimento

choice-leads-to = Segue para: { $state }
choice-depends = O que se segue depende do que então se souber
choice-unchecked = Ainda por verificar: { $items }
checklist-progress = { $done } de { $of } feitos
item-done = Feito:
item-check = Marcar
item-check-label = Marcar: { $item }
item-undo = Desmarcar
item-undo-label = Desmarcar: { $item }
item-from = De { $who }
item-from-us = De nós
item-from-others = De terceiros
evidence-file = O ficheiro que o mostra
evidence-link = O endereço (https://…)
evidence-message = A mensagem que o mostra
evidence-text = O que o mostra, em poucas palavras
evidence-no-file = Ainda não há ficheiros neste pedido.
evidence-no-message = Ainda não há mensagens neste pedido.
evidence-one = Basta um destes.
evidence-missing = Diga o que mostra que está feito.
step-checked = { $by } marcou: { $item }
step-unchecked = { $by } desmarcou: { $item }
timer-closes = Fecha por si
timer-leads-to = Segue por si para: { $state }
timer-acts = Algo acontece por si
step-began = Começou: { $state }
step-moved = { $from } → { $to }
step-moved-by = { $by }: { $from } → { $to }
step-stayed = Registado em { $state }
done-priority-because = { $priority } porque { $because }
done-priority = Prioridade agora: { $priority }
done-given = Entregue a { $to }
done-nobody = Não havia ninguém a quem o entregar
done-told-team = A equipa { $team } foi avisada
done-told-leads = Os responsáveis foram avisados
done-told-owners = Os proprietários foram avisados
done-told-agents = Todos os agentes foram avisados
done-told = Avisado: { $whom }
done-note = Escreveu-se uma nota
done-reply = Escreveu-se uma resposta
done-suggest = Sugeriu-se uma resposta
done-ask = Fez-se uma pergunta
done-open = Abriu-se um pedido ligado
done-send = Avisou-se um pedido ligado
done-lookup = Consultou-se a base de dados
done-set = Preencheram-se dados
step-recounted = Temporizadores contados de novo em { $state }: um calendário mudou
step-failed = O procedimento não pôde continuar: { $fault }
step-no-state = não começou
demo-closes = O n.º { $number } fecha por si
demo-moves = O n.º { $number } avança por si
demo-client = Cliente
demo-client-role = Preenche o formulário e lê o correio
field-required = Responda a esta pergunta, por favor.
field-email = Isto não é um endereço de correio. Um endereço tem a forma nome@empresa.example.
field-changed-meanwhile = Outra pessoa alterou isto enquanto escrevia, para “{ $now }”. Guarde de novo para ficar como escreveu.
field-wrong = Isto não serve: { $problem }
unfit-text = Cabem aqui até { $most } caracteres.
unfit-integer = É preciso um número inteiro.
unfit-integer-between = É preciso um número inteiro de { $least } a { $most }.
unfit-integer-from = É preciso um número inteiro a partir de { $least }.
unfit-integer-to = É preciso um número inteiro até { $most }.
unfit-boolean = É preciso sim ou não.
unfit-choice = É preciso um destes: { $of }.
unfit-list = Um em cada linha, mil no máximo.
unfit-date = É preciso um dia, como 2026-12-25.
requester-name = O seu nome
requester-email = O seu endereço de correio
crossed = Algo foi dito neste pedido enquanto escrevia. Leia-o acima e envie de novo se a sua resposta ainda servir.

## Até quando o correio está recebido

view-kept = Correio guardado
kept-empty = Todo o correio que chegou foi para um pedido.
kept-set-aside = Posto de lado
kept-filed = Arquivado
kept-opened = Deu um pedido
kept-back = Todo o correio guardado
kept-why-no-sender = Não diz de quem é
kept-why-from-itself = Diz vir deste próprio serviço
kept-why-bounce-of-none = Uma devolução de correio que não é nosso
kept-why-bounce = Uma mensagem nossa foi devolvida
kept-why-program = Escreveu-a um programa e não pertence a nenhum pedido
kept-why-came-back = Uma mensagem que daqui saiu voltou para cá
kept-why-came-before = Já está no seu pedido, por outro endereço nosso
kept-why-notice-answered = Um colega respondeu a um aviso do serviço, o que ninguém lê
kept-why-too-large = É maior do que aqui se aceita
kept-why-withheld = O servidor não a entrega; continua na sua caixa de correio
kept-why-breaks-off = O servidor interrompe-se sempre que é pedida; continua na sua caixa de correio
kept-why-failed = O serviço falhou ao lê-la
kept-why-in = { $why } (caixa { $mailbox })
kept-no-subject = Sem assunto
kept-nobody = Não diz
kept-ticket = O seu pedido
kept-files = Ficheiros
kept-problems = O que não se compreendeu
kept-whose = De quem é a mensagem?
kept-open = Abrir um pedido
kept-file = Não há nada a fazer
kept-file-help = Fica aqui, arquivada, e não espera por mais ninguém.
view-mailboxes = Caixas de correio
mailboxes-empty = Nenhuma caixa está ligada, e nenhum programa dá notícia de uma: o correio é entregue à medida que chega.
mailboxes-away = O sistema esteve parado a partir de
mailboxes-patience = Os servidores voltam a trazer o que guardaram; o que espera por um silêncio espera por isso até
mailbox-read = Lida até
mailbox-late = Por ler desde
mailbox-paused = Em pausa, lida até
mailbox-sends-only = Só se envia correio por ela
mailbox-reported = um programa lê-a
mailbox-is-default = a saída habitual
mailbox-unsent = { $n ->
    [one] Uma mensagem espera por ser enviada:
   *[other] { $n } mensagens esperam por ser enviadas:
}
mailbox-unsettled = O que já está no sistema fica como estava no servidor, porque não foi possível marcá-lo, movê-lo ou apagá-lo lá.
resting = Este sistema foi restaurado e ainda não lê nem envia correio.
resting-more = Pô-lo a trabalhar
resting-title = Este sistema está em repouso
resting-since = Foi restaurado, e não lê nem envia correio desde
resting-why = O sistema de que se fez a cópia pode ainda estar a trabalhar: veja se está parado, ou dois leem as mesmas caixas e respondem aos mesmos clientes. O que há a enviar espera aqui.
resting-go-live = Ler e enviar correio
resting-ask = Um proprietário pode pô-lo a trabalhar.
mailbox-connect = Ligar uma caixa de correio
mailbox-connect-intro = O sistema lê o correio dela e responde por ela. Dos fornecedores conhecidos sabe quais são os servidores.
mailbox-go-on = Continuar
mailbox-cancel = Cancelar
mailbox-provider = Onde está?
mailbox-provider-by-address = Como diz o endereço
mailbox-provider-google = Google
mailbox-provider-microsoft = Microsoft 365
mailbox-provider-other = Noutro lado
mailbox-hint-google = A Google não aceita aqui a palavra-passe da conta: crie uma palavra-passe de aplicação (conta Google, Segurança, Validação em dois passos, Palavras-passe de aplicações) e use essa.
mailbox-hint-microsoft = A Microsoft já não aceita palavras-passe de programas de correio: registe uma aplicação no Microsoft Entra ID com permissões de IMAP e SMTP, dê-lhe acesso à caixa e indique o identificador e o refresh token.
mailbox-hint-app-password = Este fornecedor aceita uma palavra-passe de aplicação, criada nas definições de segurança, em vez da palavra-passe da conta.
mailbox-hint-other = Os nomes dos servidores são um palpite: a ajuda do seu fornecedor diz quais são.
mailbox-part-about = A caixa
mailbox-part-incoming = Ler correio
mailbox-part-incoming-intro = Por IMAP. O que é novo entra em segundos; nada é apagado sem que o peça.
mailbox-part-outgoing = Enviar correio
mailbox-part-outgoing-intro = Por SMTP. As respostas saem pela caixa por onde o pedido entrou.
mailbox-part-grant = Iniciar sessão
mailbox-part-grant-intro = A maioria dos servidores aceita uma palavra-passe. Onde só se aceita OAuth 2.0, uma autorização inicia a sessão, para ler e para enviar.
mailbox-part-tickets = Os pedidos que ela abre
mailbox-name = Nome
mailbox-name-help = Como os colegas lhe chamam.
mailbox-address = Endereço de correio
mailbox-sender-name = Nome do remetente
mailbox-host = Servidor
mailbox-incoming-host-help = Deixe vazio para não ler correio.
mailbox-outgoing-host-help = Deixe vazio para não enviar nada por esta caixa.
mailbox-port = Porta
mailbox-security = Proteção
mailbox-security-tls = TLS
mailbox-security-starttls = STARTTLS
mailbox-security-none = Nenhuma, só nesta máquina
mailbox-user = Nome de utilizador
mailbox-password = Palavra-passe
mailbox-secret-kept = Está guardada e não se mostra. Deixe vazio para a manter.
mailbox-folder = Pasta
mailbox-folders = Existem: { $names }
mailbox-after = O que acontece ao correio lido
mailbox-after-leave = Fica como está
mailbox-after-seen = É marcado como lido
mailbox-after-move = É movido
mailbox-after-delete = É apagado
mailbox-after-folder = Mover para esta pasta
mailbox-everything = Trazer o que já lá está?
mailbox-everything-help = Cada mensagem antiga abre um pedido, e as regras do manual respondem-lhe. Caso contrário, o que lá está fica onde está.
mailbox-login = Quem inicia sessão para enviar?
mailbox-login-same = Como para ler
mailbox-login-own = Outra pessoa
mailbox-login-none = Ninguém
mailbox-tagged = O servidor aceita correio para nome+algo@…?
mailbox-tagged-help = Assim as respostas trazem no endereço a marca do pedido e encontram-no sempre. Em caso de dúvida, não.
mailbox-default = O outro correio também sai por ela?
mailbox-default-help = Respostas a formulários e a pedidos que não entraram por nenhuma caixa.
mailbox-sign-in = Iniciar sessão com
mailbox-sign-in-password = Palavra-passe
mailbox-sign-in-grant = OAuth 2.0
mailbox-grant-endpoint = Endereço dos tokens
mailbox-grant-client = Identificador da aplicação
mailbox-grant-secret = Segredo da aplicação
mailbox-grant-token = Refresh token
mailbox-grant-scope = Âmbito
mailbox-team = Equipa
mailbox-playbook = Procedimento
mailbox-by-handbook = Como diz o manual
mailbox-try-and-keep = Testar e guardar
mailbox-try = Só testar
mailbox-keep-anyway = Guardar sem teste
mailbox-tried-well = Está tudo bem.
mailbox-tried-mails = { $n ->
    [one] Está tudo bem: há uma mensagem na pasta.
   *[other] Está tudo bem: há { $n } mensagens na pasta.
}
mailbox-tried-at-once = O correio novo é anunciado logo.
mailbox-tried-asked = O correio novo é procurado a cada minuto.
mailbox-tried-said = O servidor diz:
mailbox-pause = Pausar a leitura
mailbox-resume = Retomar a leitura
mailbox-pause-help = Durante a pausa o correio fica no servidor, e o que espera por um silêncio continua à espera.
mailbox-remove = Remover esta caixa …
mailbox-remove-help = Deixa de se ler e de se esperar por ela. Os pedidos ficam; as respostas saem pela saída habitual. O correio fica no servidor. Ligada de novo, só traz o que é novo.
mailbox-remove-now = Remover
mailbox-wrong-secret = Indique de novo: o que está guardado era para outro servidor ou utilizador, ou ainda não é conhecido.
mailbox-wrong-taken = Outra caixa já tem isto.
mailbox-wrong-long = No máximo 60 caracteres.
mailbox-wrong-host = Só o nome do servidor, como imap.acme.example; a porta tem um campo próprio.
mailbox-wrong-port = Um número de 1 a 65535.
mailbox-wrong-folder = O correio é lido dessa pasta: escolha outra.
mailbox-wrong-login = Não há sessão para ler: escolha outra.
mailbox-wrong-strange = É demasiado longo ou tem um carácter invisível.
fault-name-unknown = Nenhum servidor tem este nome. Procure um engano; muitas vezes é imap. ou smtp. e o domínio.
fault-nobody-listens = O servidor está lá, mas ninguém escuta nesta porta. O habitual é 993 (TLS) ou 143 (STARTTLS) para ler, 465 (TLS) ou 587 (STARTTLS) para enviar.
fault-unreachable = Não há caminho até ao servidor. Esta máquina está ligada à rede, e há uma firewall no meio?
fault-silent = O servidor não respondeu a tempo. Uma firewall pode fechar a porta, ou a porta é para o outro tipo de proteção.
fault-dropped = O servidor fechou a ligação. Pode estar a reiniciar, ou ter demasiadas ligações daqui.
fault-no-tls = O que responde nesta porta não começa por TLS. Escolha STARTTLS, ou a porta do TLS: 993 ou 465.
fault-no-starttls = O servidor não oferece STARTTLS, e a ligação ficaria desprotegida. Escolha TLS e a sua porta: 993 ou 465.
fault-wrong-name = O certificado do servidor é de outro nome. Escreva o nome como está no certificado.
fault-certificate-expired = O certificado do servidor expirou. Quem gere o servidor tem de o renovar.
fault-certificate-not-yet-valid = O certificado do servidor ainda não é válido. Veja o relógio desta máquina.
fault-certificate-not-vouched-for = Ninguém em quem esta máquina confie garante o certificado do servidor. Se o servidor é da empresa, indique o certificado da autoridade dela (--mail-ca).
fault-certificate-bad = O certificado do servidor não está em ordem. Quem gere o servidor tem de o substituir.
fault-tls-failed = O servidor e o sistema não encontraram forma de proteger a ligação. O servidor precisa de TLS 1.2 ou mais recente.
fault-unprotected = Uma palavra-passe viajaria desprotegida. Escolha TLS ou STARTTLS; só num servidor desta máquina se inicia sessão sem isso.
fault-no-mechanism = O servidor não oferece uma forma de iniciar sessão que sirva. Quer uma palavra-passe ou OAuth, e pode-se iniciar sessão nesta porta?
fault-login-refused = O servidor não aceita este utilizador e palavra-passe. Muitos fornecedores querem uma palavra-passe de aplicação, e o IMAP ligado primeiro.
fault-no-folder = Essa pasta não existe. As maiúsculas contam.
fault-read-only = A pasta pode ser lida, mas não alterada. Deixe o correio como está, ou peça o direito de o alterar.
fault-sender-refused = O servidor não deixa este utilizador enviar por este endereço. Inicie sessão com o endereço, ou peça que lhe seja permitido.
fault-recipient-refused = O servidor não aceita correio para este endereço.
fault-refused = O servidor recusa isto.
fault-not-now = O servidor não o faz agora. Tente daqui a pouco.
fault-unfit = O servidor não pode receber o correio como o sistema o escreve.
fault-garbled = Não se percebe o que responde. É um servidor de correio do tipo certo que escuta nesta porta?
fault-endless = O servidor diz mais do que se pode aceitar. É um servidor de correio que escuta nesta porta?
fault-grant-refused = A autorização para usar a caixa terminou. Peça-a de novo e indique o novo refresh token.
fault-bad-endpoint = Este não é um endereço de tokens: começa por https://.
held-title = À espera do correio
held-empty = Nada está à espera do correio.
held-silence = Um silêncio chegou ao fim, a não ser que a resposta venha a caminho
held-draft = Uma resposta sugerida seria enviada
held-due = previsto
held-more = Há mais.

## What the procedure asks and suggests

view-questions = Perguntas para si
questions-label = Perguntas
questions-empty = Ninguém lhe pergunta nada.
question-asked = Perguntado a:
question-note = Uma nota, se ajudar
question-lapsed = Já não se pergunta
answer-grant = Conceder
answer-refuse = Recusar
answer-granted = Concedido
answer-refused = Recusado
suggestion-label = Sugestão.
suggestion-sends = Será enviada automaticamente:
suggestion-waits = Espera que a envie.
suggestion-dismiss = Dispensar
suggestion-gone = Esta sugestão já não está cá: foi enviada, ou o pedido seguiu em frente. Leia a conversa e envie de novo se as suas palavras ainda servirem.
demo-sends = #{ $number } envia o que é sugerido
demo-asks = #{ $number } pergunta outra vez

## Quem tem quanto

view-workload = Carga de trabalho
workload-count = { $n ->
    [one] Um pedido aberto ou pendente
   *[other] { $n } pedidos abertos ou pendentes
}
workload-empty = Ainda não há ninguém nesta equipa.
workload-by-person = Por pessoa
workload-by-component = Por componente
workload-person = Pessoa
workload-component = Componente
workload-tickets = Pedidos
workload-about = Sobre
workload-whose = De quem
workload-csv = Descarregar em CSV
workload-next = recebe o próximo
workload-chart = { $title }, em gráfico. A tabela abaixo diz o mesmo.
step-given = { $by } atribuiu-o a { $to }
step-taken = { $by } ficou com ele
step-left = { $by } não o deixou a ninguém
thread-earlier = { $n ->
    [one] Mostrar uma mensagem anterior
   *[other] Mostrar { $n } mensagens anteriores
}
message-remote = { $n ->
    [one] Não se mostra uma imagem: ir buscá-la diria a quem a enviou que leu isto.
   *[other] Não se mostram { $n } imagens: ir buscá-las diria a quem as enviou que leu isto.
}
message-remote-show = Mostrar imagens
mail-files = Ficheiros

## At the door

sign-in-title = Entrar
sign-in-lead = Com o endereço de correio em que recebeu o convite.
sign-in-send = Entrar
sign-in-refused = O endereço e a palavra-passe não correspondem. Reveja os dois, ou escolha uma nova palavra-passe.
sign-in-wait = { $n ->
    [one] Houve demasiadas tentativas. Tente de novo daqui a um minuto.
   *[other] Houve demasiadas tentativas. Tente de novo daqui a { $n } minutos.
 }
sign-in-forgotten = Esqueceu-se da palavra-passe?
sign-out = Sair
forgotten-title = Esqueceu-se da palavra-passe?
forgotten-lead = Indique o seu endereço de correio e enviamos-lhe uma ligação para escolher uma nova palavra-passe.
forgotten-send = Enviar ligação
forgotten-back = Voltar à entrada
asked-title = Veja o seu correio
asked-text = Se alguém trabalha aqui com esse endereço, a ligação vai a caminho. Serve durante 30 minutos. Não chegou? Veja no lixo eletrónico, ou fale com o responsável pelo serviço.
reset-title = Escolha uma nova palavra-passe
reset-lead = Para { $whose }. Todos os navegadores em que entrou deixam de ter acesso.
reset-send = Mudar a palavra-passe
link-over-title = Esta ligação já não serve
reset-over-text = Já foi usada, ou tem mais de 30 minutos. Peça outra.
reset-over-onward = Enviar outra ligação
invitation-title = Seja bem-vindo
invitation-lead = Recebeu um convite como { $whose }. Escolha uma palavra-passe.
invitation-send = Entrar
invitation-over-text = O convite já foi aceite, foi retirado, ou tem mais de 7 dias. Se tem palavra-passe, entre; se não, peça outro a quem o convidou.
set-up-title = Prepare o seu serviço
set-up-lead = Para começar, duas coisas: como se chama o serviço e quem é responsável por ele.
set-up-desk = Nome do serviço
set-up-desk-help = Os clientes leem-no nas mensagens.
set-up-zone = Fuso horário
set-up-zone-help = É nele que se contam os dias e as horas dos procedimentos.
set-up-send = Preparar
set-up-elsewhere-title = Este serviço ainda não está preparado
set-up-elsewhere-text = Abra a ligação que ele escreveu na consola ao arrancar. Serve durante um dia e uma só vez; “deskhand setup-link” escreve outra.
set-up-already-title = Este serviço já está preparado
set-up-already-text = Já tem responsável. Entre, ou peça-lhe um convite.
welcome-title = Bem-vindo
welcome-lead = { $desk } está preparado
welcome-owner-title = Nome e responsável
welcome-owner-text = É responsável por este serviço e já entrou.
welcome-mail-title = Correio
welcome-mail-text = Ligue já uma caixa de correio, ou experimente primeiro com o apanha-correio: assim nada sai, e o que seria enviado pode ler-se lá.
welcome-mail-connect = Ligar uma caixa de correio
welcome-mail-catcher = Abrir o apanha-correio
welcome-handbook-title = Manual
welcome-handbook-text = Estes procedimentos estão publicados e já funcionam. Pode mudá-los todos mais tarde.
welcome-playbooks = Procedimentos
welcome-forms = Formulários
welcome-states = { $n ->
    [one] um estado
   *[other] { $n } estados
 }
welcome-people-title = Colegas
welcome-people-text = Convide quem trabalha aqui e diga em que equipa.
welcome-people-link = Convidar colegas
welcome-done = Ir para os pedidos
account-email = Endereço de correio
account-name = Nome
account-password = Palavra-passe
account-new-password = Nova palavra-passe
account-old-password = Palavra-passe atual
account-password-help = Pelo menos { $least } carateres. Várias palavras que só você juntaria são fáceis de lembrar e difíceis de adivinhar.
password-short = Pelo menos { $least } carateres, por favor.
password-long = No máximo { $most } carateres, por favor.
password-common = Esta é das primeiras que alguém tentaria. Escolha outra, por favor.
password-wrong = Esta não é a sua palavra-passe atual.
password-same = Esta é a palavra-passe que já tem.
zone-unknown = Escolha um da lista, por favor.
address-taken = Já alguém aqui tem este endereço.

## One's own account

nav-account = Conta
account-title = A minha conta
account-profile = Sobre si
account-profile-keep = Guardar
account-profile-kept = Guardado.
account-language = Língua
account-zone = Fuso horário
account-zone-help = Sem ele, as horas aparecem como o seu navegador as tem.
account-password-change = Mudar a palavra-passe
account-password-changed = A palavra-passe mudou, e todos os outros navegadores deixaram de ter acesso.
account-password-note = Todos os outros navegadores deixam então de ter acesso.
account-sessions = Onde entrou
account-sessions-ended = Já saiu de lá.
session-unknown = Navegador desconhecido
session-this = este navegador
session-since = entrou
session-seen = usado pela última vez
session-end = Sair de lá
session-end-others = Sair de todos os outros

## The people of the desk

people-title = Pessoas
people-invite = Convidar
people-role = Função
people-role-help = Os colaboradores leem e anotam os pedidos das suas equipas e aqueles sobre os quais são consultados, e nunca respondem a clientes. Os agentes tratam dos pedidos. As chefias também publicam manuais, os responsáveis fazem tudo.
people-invited = O convite vai a caminho.
people-role-changed = A função mudou. A pessoa tem de entrar de novo.
people-teams-changed = As equipas mudaram.
people-gone = A pessoa já não pode entrar, e os seus pedidos abertos voltaram às equipas.
people-no-url = O serviço não sabe em que endereço os navegadores o alcançam, por isso não pode escrever ligações. Arranque-o com --public-url.
people-letters-enough = Este endereço recebeu várias mensagens há pouco. Espere uns minutos e peça que vejam no lixo eletrónico.
people-last-owner = Mais ninguém é responsável por este serviço. Dê primeiro essa função a outra pessoa.
people-came-already = Já tem palavra-passe, e pode pedir outra à entrada.
people-oneself = Ninguém se afasta a si mesmo. Outro responsável pode fazê-lo.
role-owner = Responsável
role-lead = Chefia
role-agent = Agente
role-collaborator = Colaborador
person-invited = com convite
person-left = saiu
person-unsent = O convite não pôde ser enviado: { $reason }
person-change = Mudar
person-again = Enviar o convite outra vez
person-role-keep = Mudar a função
person-role-note = Perde o acesso e entra de novo.
person-teams-keep = Guardar as equipas
person-away = Afastar
person-away-note = Perde logo o acesso e não pode voltar a entrar. Os pedidos abertos voltam às equipas, que são avisadas. O que escreveu fica.
person-away-send = Afastar { $name }
invite-title = Convidar um colega
invite-lead = Recebe uma ligação com que escolhe a palavra-passe. Serve uma só vez e durante 7 dias.
invite-send = Enviar o convite
invite-back = Voltar às pessoas
letters-title = Cartas apanhadas
letters-note = Por agora o correio não sai. Estas são só para os responsáveis: quem tem uma destas ligações tem a conta.

## A caixa de entrada

view-teams = As minhas equipas
view-us = À nossa espera
view-due = A terminar
view-snoozed = Adiados
view-all = Todos os pedidos
views-own = As suas vistas
row-select = Selecionar #{ $number }
row-snoozed = Adiado até
list-order = Ordem, e guardar esta lista
list-sort = Ordenar por
sort-newest = Alteração mais recente
sort-oldest = Alteração mais antiga
sort-priority = Prioridade
sort-due = O que vence primeiro
list-keep = Guardar esta lista como vista
list-keep-name = Nome da vista
list-keep-team = Quem a tem
list-keep-own = Só você
list-keep-shared = Partilhada com { $team }
list-keep-do = Guardar vista
list-gone = A vista que estava aqui foi removida. Estes são todos os pedidos.
list-removed = A vista “{ $name }” foi removida.
list-cut-by = Filtrado por
list-keep-short = Guardar como vista
filter-title = Filtrar
filter-any = Qualquer
filter-me = Você
filter-do = Mostrar
cut-unfinished = Abertos ou pendentes
cut-not-snoozed = Não adiados
cut-due = Algo acontece por si dentro de quatro horas
cut-name-team = Equipa
cut-name-playbook = Procedimento
cut-name-assignee = Responsável
cut-name-component = Sobre
cut-name-status = Situação
cut-name-priority = Prioridade
cut-name-tag = Etiqueta
cut-name-clock = Prazo
cut-name-quiet = Parado
cut-name-organization = Organização
cut-name-requester = Pedido por
cut-name-waiting = Espera por
cut-name-state = Estado
cut-name-due = A seguir
cut-name-snoozed = Adiamento
search-as-list = Mostrar como lista, que se pode ordenar e guardar como vista
list-keep-rename = Dar outro nome a esta vista
list-keep-rename-do = Mudar o nome
view-shared = partilhada com { $team }
row-merged = Unido a outro
solve-nothing = Nada aqui o resolve: veja os próximos passos.
list-keep-remove = Remover esta vista
priority-normal = Normal
bulk-label = O que está selecionado
bulk-selected = Fazer com o que está marcado:
bulk-count-one = 1 selecionado
bulk-count-many = { $n } selecionados
bulk-all = Todos nesta vista
bulk-all-chosen = Todos nesta vista
bulk-none = Não selecionar nada
bulk-more = O que mais se pode fazer
bulk-refused-ticket = Este pedido
bulk-back = Voltar aos pedidos
deeds-label = Adiar, prioridade e etiquetas
deeds-assign = Dar a alguém
deeds-snooze = Adiar
deeds-mark = Prioridade e etiquetas
deeds-priority = Prioridade
deeds-tags = Etiquetas
deeds-tag-name = Acrescentar etiqueta
deeds-tag-do = Acrescentar
deeds-untag = Retirar a etiqueta { $tag }
deeds-read = Marcar como lido
deeds-unread = Marcar como não lido
snooze-hour = Daqui a uma hora
snooze-tomorrow = Amanhã de manhã
snooze-monday = Segunda-feira de manhã
snooze-week = Daqui a uma semana
snooze-at = Outra altura
snooze-do = Adiar
snooze-off = De volta à caixa de entrada agora
deed-assigned = Dado a { $who }
deed-unassigned = De ninguém
deed-prioritised = Prioridade: { $priority }
deed-tagged = Com a etiqueta { $tags }
deed-untagged = Sem a etiqueta { $tags }
deed-snoozed = Adiado até { $until }
deed-woken = De volta à caixa de entrada
deed-chosen = Feito
deed-read = Lido
deed-unread = Não lido
deed-undone = Reposto
deed-none = Nada foi alterado
deed-tickets = { $n ->
    [one] um pedido
   *[other] { $n } pedidos
}
deed-corrected = Campos corrigidos
deed-partly = { $done } de { $all } pedidos
deed-changed-since = O pedido mudou entretanto. Veja-o e altere-o à mão.
deed-no-such-choice = Este passo não é possível onde o pedido está.
deed-over = O que está resolvido já não está em nenhuma caixa de entrada.
deed-bad-snooze = Escolha uma hora que ainda venha, dentro de um ano.
deed-snooze-when = Diga até quando.
deed-nothing-selected = Selecione primeiro um pedido.
undo = Anular
step-prioritised = { $by } definiu a prioridade: { $priority }
step-tagged = { $by } deu-lhe etiquetas: { $tags }
step-corrected = { $by } corrigiu { $field }: { $now } em vez de { $was }
step-corrected-empty = nada
step-untagged = { $by } retirou-lhe as etiquetas
step-snoozed = { $by } adiou-o até { $until }
step-woken = Voltou à caixa de entrada
step-undone = { $by } anulou isso
step-copied = { $by } pôs { $who } em cópia
step-left-out = { $by } tirou { $who } da cópia

## A paleta e as teclas

palette-title = Comandos
palette-placeholder = O que quer fazer, ou aonde quer ir?
palette-none = Nada se chama assim.
palette-tag = Juntar uma etiqueta
palette-merge = Unir a outro pedido
palette-link = Ligar a outro pedido
palette-follow = Seguir, ou deixar de seguir
palette-settings = Definições
palette-theme = Tema: claro, escuro ou o do sistema
palette-language = Língua: { $language }
palette-places = Ir para
palette-tickets = Pedidos
palette-people = Pessoas
palette-their-tickets = Os pedidos desta pessoa
palette-selected = { $n ->
    [one] Um pedido selecionado
   *[other] { $n } pedidos selecionados
}
palette-take = Ficar com ele
palette-assign = Dar a { $who }
palette-leave = Não dar a ninguém
palette-snooze = Adiar: { $until }
palette-priority = Prioridade: { $priority }
keys-title = Teclas
keys-lead = Uma só letra faz cada uma destas coisas, sempre que não está a escrever. Dê-lhe outra tecla, deixe o campo vazio para não ter nenhuma, ou desligue-as todas.
keys-off = Desligar as teclas de uma só letra
keys-are-off = Desligou as teclas de uma só letra.
keys-keep = Guardar estas teclas
keys-reset = Como o desk propõe
keys-kept = Guardado.
keys-change = Mudar as teclas, ou desligá-las
keys-bad = Uma tecla é um só carácter.
keys-same = Duas delas têm a mesma tecla.
key-next = Pedido seguinte
key-previous = Pedido anterior
key-open = Abrir
key-back = Voltar à lista
key-neighbour-previous = Abrir o pedido acima
key-neighbour-next = Abrir o pedido abaixo
key-select = Selecionar
key-range = Selecionar tudo até aqui
key-reply = Responder
key-note = Nota
key-assign = Dar a alguém
key-mine = Ficar com ele
key-choices = Escolhas, e depois o número
key-snooze = Adiar
key-solve = Resolver
key-checklist = Lista de verificação
key-context = Detalhes
key-why = Porque aconteceu isto?
key-arrivals = Mostrar o que chegou
key-undo = Anular
key-search = Procurar
key-go = Ir para, e depois uma letra
key-go-to = Ir para: { $place }
key-unread = Marcar como não lido
key-all = Todas as teclas
key-palette = Comandos
key-send = Enviar

## Ao lado do procedimento

more-label = Mais
follow-yes = Seguir
follow-means = É avisado quando algo for dito aqui.
follow-no = Deixar de seguir
followers-label = Seguidores
followers-you = Você
together-number = Número do outro pedido
together-no-such-ticket = Não há nenhum pedido com esse número.
together-same-ticket = Esse é este pedido.
together-merged-already = Este pedido já está unido a outro.
together-merged = Este pedido foi unido a outro. Continue lá, ou separe-os primeiro.
together-merged-elsewhere = Esse pedido também foi unido a outro. Una a esse.
together-closed = Esse pedido está fechado: ninguém veria o que lhe fosse acrescentado. Una ao contrário.
together-organizations-differ = Os dois são de organizações diferentes: uma resposta a uma contaria o que a outra pediu. Ligue-os em vez disso.
together-reply-waits = Uma resposta neste pedido espera para ser enviada. Envie-a agora, ou retire-a.
together-waited-for = O pedido que abriu este espera pelo que ele disser. Leve-o até ao fim, ou ligue os dois em vez disso.
together-works-for-it = Um pedido que este abriu ainda trabalha para ele. Una ao contrário, ou ligue os dois em vez disso.
together-too-many-links = Um pedido liga-se a 100 outros no máximo.
merge-title = Unir a outro pedido
merge-why = Porquê, para a sua equipa
merge-means = As respostas passam a ir para quem fez um ou outro pedido, num só email: cada um vê o endereço do outro.
merge-done = O #{ $other } foi unido a este
merge-do = Unir
merged-label = Unido
merged-into = Unido a
merged-by = por { $by }
merged-means = A conversa continua lá, e também as mensagens que respondem a este pedido. Entretanto nada acontece aqui por si.
merged-apart = Voltar a separar
merged-here = Unidos a este pedido
message-from = de #{ $number }
composer-merged = Este pedido foi unido a outro: responda lá.
link-title = Ver também
link-do = Ligar
link-away = Retirar a ligação
related-label = Ver também
related-split = começou com uma mensagem daqui
related-split-from = onde foi escrita a primeira mensagem deste
split-label = Fazer disto um pedido próprio
split-subject = De que se trata
split-means = A mensagem fica aqui. Um novo pedido começa com ela, para quem a escreveu, e os dois ficam ligados.
split-do = Começar um pedido
split-leave = Cancelar
step-merged = { $by } uniu este a { $other }
step-merged-here = { $by } uniu { $other } a este
step-unmerged = { $by } voltou a separar este de { $other }
step-unmerged-here = { $by } voltou a separar { $other } deste
step-linked = { $by } ligou este a { $other }
step-unlinked = { $by } retirou a ligação a { $other }
step-split = { $by } começou { $other } com uma mensagem deste
step-split-here = { $by } começou este com uma mensagem de { $other }
preview-label = Ver como será lido
later-label = Enviar mais tarde
later-hour = Daqui a uma hora
later-morning = Na próxima manhã útil
later-at = A outra hora
later-do = Enviar nessa altura
later-no-time = Escolha uma data e uma hora que ainda venham.
later-too-far = Uma resposta pode ser escrita com um ano de antecedência, no máximo.
sending-reply = resposta que espera
sending-briefly = Será enviada dentro de instantes
sending-at = Sai { $at }
sending-held = Retida:
sending-held-crossed = Entretanto algo foi dito neste pedido.
sending-held-closed = Entretanto o pedido foi fechado.
sending-held-no-address = O requerente não tem endereço de correio.
sending-held-nobody-there = Não se conhece lá ninguém com endereço verificado.
sending-held-restored = O serviço foi reposto a partir de uma cópia, e isto pode ter sido enviado entretanto.
sending-held-otherwise = Não pôde ser enviada tal como as coisas estão.
sending-undo = Anular
sending-take-back = Retirar
sending-now = Enviar agora
sending-anyway = Enviar mesmo assim
sending-change = Outra hora
presence-looks = { $name } está a ver este pedido
presence-writes = { $name } está a escrever uma resposta
account-undo = Tempo para retirar uma resposta
account-undo-help = É quanto uma resposta espera antes de sair.
account-undo-seconds = { $seconds } segundos
account-undo-none = Nenhum: sai logo
alike-block = Pedidos anteriores
alike-merge = Unir ao #{ $other } …
alike-label = Parece-se com
alike-words = partilha { $words }
alike-organization = a mesma organização
earlier-requester = Antes, da mesma pessoa
earlier-organization = Antes, da mesma organização
earlier-more = Todos

## Clocks

context-clocks = O que foi prometido
sort-clock = Prazo que acaba primeiro
deadline-running = A contar
deadline-warned = A esgotar-se
deadline-paused = Em pausa
deadline-breached = Em atraso
deadline-met = Cumprido
deadline-late = Respondido com atraso
deadline-ended = Terminou com o pedido
deadline-due = Até
deadline-closed = Fora do horário de trabalho até { $until }.
deadline-not-us = Não conta enquanto o pedido espera por outros.
deadline-not-counted = Não conta tal como está: { $condition } não se verifica.
deadline-still-client = Parado enquanto se espera pelo cliente; restam { $left }.
deadline-still-us = Parado enquanto esperam por nós; restam { $left }.
deadline-still-others = Parado enquanto se espera por alguém de fora; restam { $left }.
deadline-still-party = Parado enquanto se espera por { $who }; restam { $left }.
deadline-still-state = Parado em «{ $state }»; restam { $left }.
deadline-working-time = { $length } de tempo útil
deadline-chip-left = restam { $length }
deadline-stands = Enquanto está parado não tem fim marcado
deadline-why-still = Não contam { $length } em que esteve parado.
why-clocks = Prazos
why-clock-stopped = «{ $clock }» para aqui; restam { $left }
why-clock-resumed = «{ $clock }» continua; restam { $left }
deadline-took = Demorou { $length }.
deadline-why-day-client = É quando acaba o dia útil de { $who }{ $by } ({ $zone }).
deadline-why-day-team = É quando acaba o dia útil da equipa { $who }{ $by } ({ $zone }).
deadline-why-day-ours = É quando acaba o nosso dia útil{ $by } ({ $zone }).
deadline-why-working-client = { $length }, pelo horário de trabalho de { $who }{ $by } ({ $zone }).
deadline-why-working-team = { $length }, pelo horário de trabalho da equipa { $who }{ $by } ({ $zone }).
deadline-why-working-ours = { $length }, pelo nosso horário de trabalho{ $by } ({ $zone }).
deadline-by-calendar = , pelo calendário «{ $calendar }»
deadline-why-civil = { $length }, contados em { $zone }.
deadline-why-exact = { $length } desde o início.
deadline-why-began = Começou { $began }.
deadline-why-outside = Começou { $began }, fora do horário de trabalho, e por isso conta a partir de { $from }.
deadline-why-holiday = { $day } é feriado: { $name }.
deadline-why-day-off = { $day } é dia de descanso.
deadline-business-minutes = { $n ->
    [one] Um minuto útil
   *[other] { $n } minutos úteis
}
deadline-business-hours = { $n ->
    [one] Uma hora útil
   *[other] { $n } horas úteis
}
deadline-business-days = { $n ->
    [one] Um dia útil
   *[other] { $n } dias úteis
}
deadline-days = { $n ->
    [one] Um dia
   *[other] { $n } dias
}
deadline-weeks = { $n ->
    [one] Uma semana
   *[other] { $n } semanas
}

## Today

view-today = Hoje
today-of = De quem
today-of-mine = Meus
today-of-teams = Minhas equipas
today-of-all = Todos
today-quiet = Nada está prestes a falhar.
today-quiet-go = Para os seus pedidos
today-all = Ver todos
today-more = e mais
today-clocks = A terminar
today-whose-mine = Aqui contam os seus pedidos e os que ninguém tem nas suas equipas. As vistas contam os de todos.
today-whose-teams = Aqui contam os pedidos das suas equipas. As vistas contam os de todos.
today-whose-all = Aqui contam todos os pedidos que pode ver, como nas vistas.
clocks-counted = Um prazo esgota-se dentro de um dia, ou já se esgotou; também os adiados.
today-unassigned = Sem ninguém
today-waiting = À nossa espera há dias
today-paused = À espera de outros há dias
today-held = Respostas retidas
cut-clock = A terminar
cut-quiet = { $n ->
    [one] Sem alterações há um dia
   *[other] Sem alterações há { $n } dias
}

## Indicadores de um período

view-insights = Indicadores
insights-7d = 7 dias
insights-28d = 28 dias
insights-90d = 90 dias
insights-12m = 12 meses
insights-span = Dias que acabam hoje
insights-days = Outros dias
insights-from = De
insights-to = a
insights-show = Mostrar
insights-beside = ao lado de { $days }
insights-before = antes: { $figure }
insights-then = antes:
insights-only = Apenas
insights-bad-day = Indique dois dias, a partir de 1970.
insights-bad-order = O último dia é anterior ao primeiro: troque-os.
insights-too-long = São mais de cinco anos: indique dias mais próximos um do outro.
insights-beneath = Por baixo de cada número está o dos dias anteriores.
insights-all-again = : voltar a todos
insights-partial = Os pedidos mais antigos ainda estão a ser contados: por algum tempo, os números podem ficar abaixo do real.
insights-opened = Abertos
insights-closed = Resolvidos ou fechados
insights-open = Por acabar no fim
insights-reopened = Voltaram
insights-answer = Primeira resposta, mediana
insights-answer-ninetieth = Primeira resposta, nove em dez até
insights-us = À espera de nós, no total
insights-them = À espera de outros
insights-nine-of-ten = Nove em dez até { $length }.
insights-volume = O que entrou e o que saiu
insights-unfinished = O que estava por acabar
insights-waiting = De quem se esperava
insights-as-table = Em tabela
insights-day = Dia
insights-week = Semana
insights-month = Mês
insights-by-playbook = Por procedimento
insights-by-team = Por equipa
insights-by-organization = Por organização
insights-playbook = Procedimento
insights-team = Equipa
insights-organization = Organização
insights-no-team = Sem equipa
insights-no-organization = De ninguém
insights-nothing = Não aconteceu nada nestes dias, nem nos anteriores.
insights-note = Os tempos contam-se pelo relógio, com noites e dias de descanso. A primeira resposta é a primeira mensagem ao cliente de um colega ou de um procedimento; o que um procedimento envia quando o pedido é aberto, ou quando um prazo ou relógio se esgota, não conta. De pedidos juntados a outro só conta esse. O dia de hoje conta até onde chegou.
procedure-happened = O que aconteceu de facto
procedure-of = O que aconteceu em { $playbook }
procedure-short = o que aconteceu
procedure-tickets = { $n ->
    [one] { $n } pedido deu um passo
   *[other] { $n } pedidos deram um passo
}
procedure-partial = Houve mais passos do que os contados aqui: peça menos dias.
procedure-nothing = Nenhum pedido deste playbook deu um passo nestes dias.
procedure-drawn = No desenho: quantas vezes se entrou num estado e quanto durou, no máximo, metade das estadias; atrás de uma transição, quantas vezes foi seguida. O que nenhum pedido fez está a traço fino.
procedure-states = Quanto tempo ficaram os pedidos
procedure-state = Estado
procedure-gone = já não está no playbook
procedure-entered = Entradas
procedure-again = Regressos
procedure-present = Ainda lá
procedure-median = Mediana
procedure-ninetieth = Nove em dez até
procedure-moves = Que caminhos seguiram
procedure-from = De
procedure-event = Por causa de
procedure-to = Para
procedure-times = Vezes
procedure-at-once = de imediato
procedure-csv-states = Estados em CSV
procedure-csv-moves = Caminhos em CSV
procedure-ocel = Registo de eventos (OCEL 2.0)
procedure-xes = Registo de eventos (XES)
procedure-note = Contam as estadias que começaram nestes dias, por muito tarde que tenham acabado; uma que continua é mais longa do que todas as que acabaram. Estados e caminhos de outras versões do playbook aparecem pelos seus nomes. Os registos de eventos não nomeiam pessoas nem organizações, só os seus números.
insights-answered = { $n ->
    [one] Foi respondido um cliente.
   *[other] Foram respondidos { $n } clientes.
}
insights-more = { $n ->
    [one] Há mais uma linha no ficheiro.
   *[other] Há mais { $n } linhas no ficheiro.
}

## Organizations and contacts

view-organizations = Organizações
view-contacts = Contactos
palette-clients = Clientes
organizations-words = Nome ou chave
contacts-words = Nome ou endereço
plans-all = Todos os planos
clients-cut = Mostrar
clients-none = Ninguém corresponde.
clients-first = Primeira página
organizations-empty = Ainda não há organizações. Crie uma, ou importe um ficheiro.
organizations-all = Mostrar todas as organizações
contacts-empty = Ainda ninguém escreveu. Quem o fizer aparece aqui, e pode importar um ficheiro de pessoas.
contacts-all = Mostrar todos os contactos
organization-new = Nova organização
contact-new = Novo contacto
imports-title = Importar
export-csv = CSV
export-xlsx = Excel
client-facts = O que se sabe
client-tickets = Pedidos em aberto
client-tickets-all = Todos os pedidos ({ $count })
client-tickets-none = Nada em aberto.
client-tickets-open = Lista dos que estão em aberto
client-tickets-search = Procurar entre eles
client-change = Alterar
client-keep = Guardar
people-kept = O que alterou ficou guardado.
organization-key = Chave
organization-key-help = Como outros sistemas a conhecem: uma palavra sem espaços. Não se altera.
organization-key-taken = Outra organização tem esta chave.
organization-name = Nome
organization-parent = Organização a montante
organization-parent-help = A chave dela.
organization-children = Organizações abaixo dela
organization-nobody = Ainda não se conhece ninguém.
people-language = Língua
attribute-none = Não indicado
attribute-list-help = Um por linha.
attribute-date-help = Como 2026-12-24.
contact-name = Nome
contact-email = Endereço de email
contact-email-taken = Outra pessoa tem este endereço.
contact-organization-help = A chave; vazio se não for de nenhuma.
contact-may = Pode, pela organização
contact-may-help = Como os procedimentos o nomeiam, por exemplo confirm-access; separado por vírgulas.
contact-addresses = Endereços
contact-addresses-help = Um em cada linha; escreve-se para o primeiro. Um endereço com o qual se trocou correio fica.
contact-addresses-none = Um contacto tem pelo menos um endereço.
contact-addresses-wrong = { $address } não é um endereço de email.
contact-addresses-taken = { $address } é de outra pessoa.
contact-addresses-used = Trocou-se correio com { $address }, por isso fica. Pode ficar em último.
contact-verified = verificado
contact-verified-help = Sabe-se que é desta pessoa
contact-unverified = não verificado
contact-is-erased = Apagado
contact-erased = O que se sabia desta pessoa foi apagado.
contact-erased-note = O que se sabia desta pessoa foi apagado. Os pedidos ficam, sem palavras.
contact-data = Tudo o que se sabe (ZIP)
contact-erase = Apagar…

## Imports

import-contacts = Importar contactos
import-organizations = Importar organizações
import-lead = Traga um ficheiro; vê o que aconteceria a cada linha antes de algo mudar. Quem já existe é alterado onde o ficheiro disser outra coisa, e uma célula vazia não altera nada.
import-file = Ficheiro
import-file-help = CSV ou Excel (.xlsx), no máximo { $most } linhas, com os títulos das colunas na primeira linha.
import-look = Ver
import-titles = As colunas reconhecem-se pelos títulos:
import-earlier = Ficheiros anteriores
import-no-file = Escolha primeiro um ficheiro.
import-empty = O ficheiro não tem linhas abaixo dos títulos.
import-no-key = Nenhuma coluna diz de quem é cada linha. Escolha a que tem os endereços de correio dos contactos ou as chaves das organizações.
import-no-table = Isto não é CSV nem um livro do Excel. Guarde-o num desses formatos.
import-too-many = O ficheiro tem mais de { $most } linhas. Traga-o em partes.
import-too-large = O ficheiro é demasiado grande. Traga-o em partes.
import-reading = A ser lido
import-looked-at = Por executar
import-running = A decorrer
import-done = Executado
import-undoing = A ser anulado
import-undone = Anulado
import-columns = O que se lê em cada coluna
import-left-out = ignorada
import-column-email = Endereço de correio
import-column-key = Chave
import-column-name = Nome
import-column-first-name = Nome próprio
import-column-last-name = Apelido
import-column-organization = Organização
import-column-role = Função
import-column-plan = Plano
import-column-parent = Organização a montante
import-column-time-zone = Fuso horário
import-column-language = Língua
import-look-again = Ver outra vez
import-column-twice = Duas colunas são lidas como o mesmo. Ignore uma delas.
import-discard = Deitar fora este ficheiro
import-undo = Anular esta importação
import-rows = Linhas
import-rows-all = Todas
import-new = Novas
import-changed = Alteradas
import-unchanged = Iguais
import-refused = Recusadas
import-row-new = Nova
import-row-changed = Alterada
import-row-unchanged = Igual
import-row-refused = Recusada
import-no-rows = Não há linhas destas.
import-nobody = ninguém
import-removed = Retirado
import-put-back = Reposto
import-left = Deixado como está: alterado entretanto, ou em uso
import-twice = Uma linha anterior é sobre o mesmo.
import-no-organization = Não há organização com esta chave ou nome.
import-bad-key = Uma chave é uma palavra, sem espaços.
import-carry = { $n ->
    [one] Executar: { $n } linha
   *[other] Executar: { $n } linhas
}

## Erasing somebody

erase-title = Apagar { $name }
erase-goes = Isto desaparece, para sempre:
erase-person = Nome, endereços, função, língua, organização e atributos:
erase-elsewhere = Emails desta pessoa postos de lado, e o nome e os endereços onde uma procura os encontrar noutros pedidos.
erase-final = Isto não se pode anular, e as cópias de segurança feitas antes ainda o contêm.
erase-confirm = Vi o que desaparece, e é para desaparecer.
erase-unconfirmed = Marque a caixa se tudo isto é para desaparecer.
erase-now = Apagar para sempre
erase-messages = { $n ->
    [one] As palavras de { $n } mensagem nos pedidos desta pessoa, de quem quer que sejam
   *[other] As palavras de { $n } mensagens nos pedidos desta pessoa, de quem quer que sejam
}
erase-files = { $n ->
    [one] { $n } ficheiro que veio ou foi com elas
   *[other] { $n } ficheiros que vieram ou foram com elas
}
erase-tickets = { $n ->
    [one] { $n } pedido fica como número, com os estados e as horas, feito por «Erased person»; o que está em aberto continua.
   *[other] { $n } pedidos ficam como números, com os estados e as horas, feitos por «Erased person»; o que está em aberto continua.
}

## O manual

view-handbook = Manual
handbook-read = Ler
handbook-edit = O meu rascunho
handbook-publish = Diferenças
handbook-scenarios = Cenários
handbook-revisions = Revisões
handbook-todays = Revisão { $number }, a de hoje
handbook-revision = Revisão { $number }
handbook-today = De hoje
handbook-draft-on = O seu rascunho, sobre a revisão { $number }
handbook-no-draft = Não tem rascunho: a primeira alteração começa um sobre a revisão { $number }
handbook-files = Ficheiros
handbook-playbooks = Procedimentos
handbook-forms = Formulários
handbook-replies = Respostas
handbook-calendars = Calendários
handbook-impacts = Impactos
handbook-lookups = Consultas
handbook-segments = Segmentos
handbook-stories = Cenários
handbook-desk = O balcão
handbook-file-new = novo
handbook-file-changed = alterado
handbook-file-removed = retirado
handbook-edit-this = Editar
handbook-more-lines = { $n ->
    [one] Há mais uma linha que não é mostrada.
   *[other] Há mais { $n } linhas que não são mostradas.
}
handbook-as-list = O mesmo em lista
handbook-here = está aqui
handbook-end = O fim
handbook-stays = fica onde está
handbook-undrawn-large = Este procedimento tem demasiados estados e setas para ser desenhado aqui.
handbook-undrawn = O desenho volta quando o ficheiro puder ser lido.
handbook-error = Erro
handbook-warning = Aviso
handbook-line = Linha { $line }
handbook-path = Como se chega lá
handbook-not-kept = Isto não foi guardado.
handbook-crossed = A revisão { $number } foi publicada depois de o seu rascunho começar.
handbook-crossed-look = Ver o que se cruzou
handbook-crossed-what = Altera isto daquilo em que o seu rascunho assenta. Continue a partir dela e o seu rascunho fica com ambas as coisas, também num mesmo ficheiro quando são linhas diferentes; publique depois.
handbook-crossed-both = Destes ambos alteraram as mesmas linhas. O que não for assinalado fica como está no seu rascunho, sem o que lá alteraram.
handbook-crossed-theirs = { $path }: ficar com o publicado
handbook-rebase = Continuar a partir da revisão { $number }
handbook-sound = Não há nada de errado.
handbook-errors = { $n ->
    [one] Um erro
   *[other] { $n } erros
}
handbook-warnings = { $n ->
    [one] Um aviso
   *[other] { $n } avisos
}
handbook-more-findings = { $n ->
    [one] Mais uma observação
   *[other] Mais { $n } observações
}
handbook-kept = Guardado no seu rascunho.
handbook-to-publish = Ver as diferenças e publicar
handbook-keep = Guardar no meu rascunho
handbook-keeping = A guardar …
handbook-away = Não se consegue chegar ao balcão: isto ainda não está guardado.
handbook-findings = O que há a dizer
handbook-new-file = Novo ficheiro
handbook-new-path = Pasta e nome
handbook-new-example = playbooks/nome.yaml
handbook-new-make = Criar
handbook-remove = Retirar
handbook-restore = Como foi publicado
handbook-is-removed = O seu rascunho retira este ficheiro.
handbook-discard = Deitar fora o meu rascunho
handbook-discard-sure = Tudo o que ele altera perde-se.
handbook-discard-do = Deitar fora
handbook-running = { $n ->
    [0] nenhum pedido em curso
    [one] um pedido em curso
   *[other] { $n } pedidos em curso
}
handbook-tickets = { $n ->
    [one] um pedido
   *[other] { $n } pedidos
}
handbook-what-changed = O que alterou
handbook-again = Começar um rascunho com ela
handbook-not-published = Não foi publicado.
handbook-nothing = Não há nada diferente.
handbook-for-tickets = Para os pedidos em curso
handbook-keep-theirs = { $n ->
    [0] Não há pedidos em curso. Os novos seguem o que for publicado.
    [one] Há um pedido em curso, que mantém a revisão com que começou. Os novos seguem o que for publicado.
   *[other] Há { $n } pedidos em curso, que mantêm a revisão com que começaram. Os novos seguem o que for publicado.
}
handbook-stranded = Estes estão em estados que já não existem. Quem os mover para a nova revisão diz para onde vão:
handbook-called = (agora chama-se { $name })
handbook-in-words = Por palavras
handbook-by-line = Linha a linha
handbook-added = acrescentada
handbook-removed = retirada
handbook-cut = Há mais do que é mostrado.
handbook-why = Porque muda
handbook-publish-do = Publicar
handbook-publish-means = Passa a ser logo o manual de hoje.
handbook-blocked = { $n ->
    [one] Um erro impede-o.
   *[other] { $n } erros impedem-no.
}
handbook-unsound = Não está em condições: veja o que há a dizer.
handbook-unplayable = Os cenários não podem ser lidos.
handbook-no-scenarios = Este manual não tem cenários.
handbook-hold = { $n ->
    [one] Um verifica-se
   *[other] { $n } verificam-se
}
handbook-fail = { $n ->
    [one] Um não
   *[other] { $n } não
}
handbook-playing = de { $count }, que estão a ser ensaiados
handbook-to-play = { $n ->
    [one] Um cenário, ainda não ensaiado
   *[other] { $n } cenários, ainda não ensaiados
}
handbook-play = Ensaiar todos
handbook-look-again = Ver de novo
handbook-met = { $n ->
    [one] verifica-se: uma expectativa cumprida
   *[other] verifica-se: { $n } expectativas cumpridas
}
handbook-fails = não se verifica
handbook-not-played = não ensaiado
handbook-time = Passo da história
handbook-steps = Passos
handbook-step-before = O passo anterior
handbook-step-after = O passo seguinte
handbook-effects = Fez:
handbook-held = verificou-se
handbook-held-not = não se verificou
handbook-mails = Mensagens até aí
handbook-no-mails = Ainda nenhuma.
handbook-now = agora
handbook-to = Para
handbook-no-steps = Nesta história não aconteceu nada.
handbook-film-cut = Houve mais do que é mostrado: a história é longa.

## Avisos

nav-notices = Avisos
view-notices = Notificações
notices-read-all = Marcar tudo como lido
notices-choose = O quê, como e quando
notices-empty = Ainda ninguém lhe disse nada.
notices-more = Mais { $n }
notice-unread = Por ler
notice-read = Marcar como lido
topic-assigned = Entregue a si
topic-mentioned = O seu nome numa nota
topic-asked = Perguntam-lhe algo
topic-client = Um cliente escreveu num seu
topic-followed = Novidades do que segue
topic-warning = Um prazo está a acabar
topic-breach = Um prazo acabou
topic-playbook = Dito por um procedimento
topic-snoozed = De volta depois de adiado
topic-nobody = Não há ninguém
topic-delivery = Correio que não saiu ou não chegou
topic-desk = Falhou algo automático
choices-title = O que lhe é dito
choices-lead = Que avisos lhe chegam, por que vias e quando.
choices-kept = As suas escolhas ficaram guardadas.
choices-stays-here = Por agora os avisos ficam na lista: este serviço começou sem --public-url e não pode escrever ligações.
choices-mail-failed = Não se pôde enviar-lhe a última mensagem com avisos:
choices-topic = Sobre
choices-rhythm = O correio chega
choices-hours = Quando trabalha
choices-hours-help = Fora destas horas o que não é urgente espera e chega em conjunto quando elas começam. A lista de avisos nunca espera.
choices-urgent = Chega a qualquer hora
choices-keep = Guardar
choices-bad-hours = { $day }: escreva as horas como 09:00-12:30, 14:00-18:00, por ordem, ou nada para um dia livre.
choices-no-hours = Pelo menos um dia precisa de horas, como 09:00-17:00.
choices-no-calendar = Este calendário já não existe. Escolha outro.
way-in-app = Lista
way-mail = Correio
way-slack = Slack
way-discord = Discord
way-push = Ecrã
rhythm-at-once = Cada aviso logo
rhythm-hourly = Em conjunto, de hora a hora
rhythm-daily = Em conjunto, quando começa o dia útil seguinte
hours-always = Sempre: nada espera
hours-calendar = Por um calendário do serviço
hours-own = Horas minhas
hours-own-help = Como 09:00-12:30, 14:00-18:00; nada para um dia livre. No fuso horário
urgent-breach = Um prazo que acabou
urgent-tickets = O que for de um pedido urgente
day-monday = Segunda-feira
day-tuesday = Terça-feira
day-wednesday = Quarta-feira
day-thursday = Quinta-feira
day-friday = Sexta-feira
day-saturday = Sábado
day-sunday = Domingo
push-title = Navegadores
push-help = Os avisos chegam ao ecrã do computador ou telemóvel, mesmo sem nenhuma página do serviço aberta. O que lá chega escolhe-se acima, depois de ligado.
push-turn-on = Ligar neste navegador
push-turn-off = Desligar
push-this = Este
push-since = Acrescentado
push-unable = Este navegador não consegue: é preciso ter scripts e um navegador que receba o que lhe é enviado. Numa janela privada muitas vezes não pode.
push-blocked = Foi dito a este navegador que não mostre avisos do serviço. Permita-os no que ele sabe desta página (junto ao endereço) e carregue-a de novo.
push-failed = Não se conseguiu ligar: o navegador não chegou ao serviço que lhe traz os avisos, ou não pode. Tente outra vez.
push-no-key = Daqui nada se pode enviar a navegadores: falta a chave mestra, ou não se sabe onde os navegadores chegam ao serviço.
push-tried = Vai a caminho. Se daqui a um momento nada aparecer, veja se o sistema deste aparelho retém os avisos.
push-gone = Esse navegador já não recebe nada e saiu da lista. Ligue-o lá outra vez.
hooks-title = Slack e Discord
hooks-help = Os avisos vão para endereços que o Slack ou o Discord dão para isso (incoming webhooks). O que lá chega escolhe-se acima, depois de haver um.
hooks-shared = De equipas e canais
hook-kind = Onde
hook-of = Para quem
hook-of-me = O que me é dito
hook-of-roles = Responsáveis e donos
hook-of-channel = Um canal que os procedimentos nomeiam
hook-name = Nome desse canal
hook-address = Endereço
hook-address-help = Quem o tem pode escrever lá: fica selado e nunca mais se mostra.
hook-keep = Acrescentar
hook-try = Experimentar
hook-remove = Remover
hook-failed = O último aviso não foi aceite:
hook-tried = { $host } aceitou. Veja lá.
hook-bad-address = Isto não é um endereço que comece por https://. Copie-o todo.
hook-not-public = O endereço leva a esta máquina ou a uma rede própria, onde não se escreve. Quem gere o serviço pode permiti-lo com --private-webhooks.
hook-unreachable = Não se pôde perguntar-lhe: { $reason }.
hook-gone = Já não conhece o endereço ({ $status } { $said }). Peça lá um novo e remova este.
hook-busy = Agora não aceita nada ({ $status } { $said }). Tente daqui a pouco.
hook-leads-elsewhere = Leva a outro sítio ({ $status } { $said }), para onde um endereço secreto não vai. Escreva o endereço a que leva.
hook-refused = Não aceitou ({ $status } { $said }). É um incoming webhook do tipo que escolheu?
hook-no-name = Diga que canal é.

## Abrir um pedido à mão

opening-title = Novo pedido
opening-email = Para quem
opening-email-help = O endereço de e-mail. Quem já é conhecido aparece à medida que escreve.
opening-name = O nome
opening-playbook = Procedimento
opening-subject = Assunto
opening-first = Começa com
opening-theirs = O que me disseram
opening-ours = O que lhes escrevo
opening-body = O texto
opening-mine = Fico com ele
opening-look = Mostrar o que pede
opening-files = Ficheiros
opening-files-help = O que fizer parte do texto, no máximo { $most } MB no total.
opening-files-again = Escolha os ficheiros outra vez, não foram guardados: { $names }
opening-do = Abrir o pedido
opening-not-by-hand = Os colegas não abrem pedidos deste procedimento.
key-open-ticket = Abrir um novo pedido

## Working time
calendar-title = Horário de trabalho
calendar-lead = Os prazos contados por este horário só correm dentro dele. Uma alteração vale logo, também para os que já correm.
calendar-own = Pelo calendário «{ $calendar }» ({ $zone })
calendar-of-desk = Pelo calendário do serviço, «{ $calendar }» ({ $zone })
calendar-always = Todas as horas contam: o serviço não tem calendário
calendar-off = Folga
calendar-months = Outros meses
calendar-open = Meses e alterações
calendar-which = Horário
calendar-none-own = Nenhum próprio: o da equipa, senão o do serviço
calendar-by-handbook = Como diz o manual
calendar-days-off = Outros dias de descanso
calendar-days-off-help = Um por linha: 2026-12-24, ou vários dias como 2026-12-24..2026-12-31. Pode seguir-se um nome: 2026-12-24 Véspera de Natal.
day-off-no-date = Linha { $line }: “{ $day }” não começa por um dia. Escreva 2026-12-24 ou 2026-12-24..2026-12-31, e depois um nome.
day-off-backwards = Linha { $line }: “{ $day }” acaba antes de começar.
day-off-too-long = Linha { $line }: “{ $day }” dura mais de um ano.
day-off-bad-name = Linha { $line }: o nome tem mais de 80 caracteres.
calendar-kept = Guardado. Os prazos que correm acompanham.
calendar-back = Voltar
calendar-teams = Horário de trabalho das equipas
calendar-teams-note = Os procedimentos podem contar pelo horário da equipa a que o pedido pertence.

## Replies that wait
view-sendings = Respostas por enviar
sendings-of-mine = Minhas
sendings-of-teams = Das minhas equipas
sendings-of-all = Todas
sendings-empty = Nenhuma resposta à espera. As que são enviadas mais tarde ficam aqui até saírem.
sendings-later = Mais tarde
