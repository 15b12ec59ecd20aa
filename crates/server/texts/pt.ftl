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
view-open = Abertos
view-pending = Pendentes
view-solved = Resolvidos
view-closed = Fechados
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

## Em que ponto está um pedido

status-open = Aberto
status-pending = Pendente
status-solved = Resolvido
status-closed = Fechado
waiting-on-us = À nossa espera
waiting-on-client = À espera do cliente
waiting-on-other = À espera de outros
clock-left = Tempo restante:
clock-over = Em atraso:
clock-paused = Em pausa:

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
composer-unreachable = Não se conhece ninguém com endereço verificado como: { $names }
composer-add-note = Juntar nota
composer-attach = Anexar ficheiros
composer-drop = Largue aqui os ficheiros
composer-detach = Retirar { $name }
composer-too-large = Um ficheiro pode ter 25 MB, e todos os de uma mensagem juntos também.
composer-upload-failed = Isso não chegou. Tente outra vez.
composer-kept = Rascunho guardado
composer-unkept = Ainda não guardado; este navegador tem-no
composer-keep = Guardar o rascunho
composer-kept-mark = (há um rascunho)
canned-label = Respostas prontas
canned-filter = Procurar uma resposta
canned-none = Nenhuma resposta se chama assim.
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
held-away = espera-se pelo correio enviado enquanto o sistema esteve parado, no máximo { $when }
link-opened = Aberto por este pedido:
link-opener = Este pedido foi aberto por:
links-more = e mais { $count }
field-missing = Em falta
field-empty = –

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
sign-in-title = Entrar
sign-in-lead = Cole a chave de acesso que recebeu do responsável pelo serviço.
sign-in-token = Chave de acesso
sign-in-help = Fica guardada neste navegador até sair.
sign-in-refused = Esta chave não abre nada. Pode ter sido retirada; peça outra ao responsável pelo serviço.
sign-in-send = Entrar
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
choice-depends = O destino depende do que se sabe
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
step-stayed = Registado em { $state }
step-recounted = Temporizadores contados de novo em { $state }: um calendário mudou
step-failed = O procedimento não pôde continuar: { $fault }
step-no-state = não começou
demo-closes = O n.º { $number } fecha por si
demo-moves = O n.º { $number } avança por si
demo-client = Cliente
demo-client-role = Preenche o formulário e lê o correio
field-required = Responda a esta pergunta, por favor.
field-email = Isto não é um endereço de correio. Um endereço tem a forma nome@empresa.example.
field-wrong = Isto não serve: { $problem }
requester-name = O seu nome
requester-email = O seu endereço de correio
crossed = Algo foi dito neste pedido enquanto escrevia. Leia-o acima e envie de novo se a sua resposta ainda servir.

## Até quando o correio está recebido

view-mailboxes = Caixas de correio
mailboxes-empty = Nenhuma caixa é vigiada: o correio é entregue à medida que chega.
mailboxes-away = O sistema esteve parado desde
mailboxes-patience = Os servidores voltam a trazer o que guardaram; o que espera por um silêncio espera por isso até
mailbox-read = Lida até
mailbox-late = Por ler desde
mailbox-reported = última notícia
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
message-remote = { $n ->
    [one] Não se mostra uma imagem: ir buscá-la diria a quem a enviou que leu isto.
   *[other] Não se mostram { $n } imagens: ir buscá-las diria a quem as enviou que leu isto.
}
message-remote-show = Mostrar imagens
mail-files = Ficheiros
