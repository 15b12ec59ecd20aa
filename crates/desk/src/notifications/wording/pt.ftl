# O que se diz aos colegas. Os nomes dos factos são os de `What`.
told = { $text }
told-by-warning = { $text }
told-by-breach = { $text }
asked = { $text }
assigned = { $who } entregou-lhe o pedido { $number }.
mentioned = { $who } mencionou o seu nome numa nota do pedido { $number }.
client-wrote = { $who } escreveu no pedido { $number }, que é seu.
followed-wrote = { $who } escreveu no pedido { $number }.
followed-answered = { $who } respondeu no pedido { $number }.
merged = { $who } juntou o pedido { $number } ao pedido { $into }.
parted = { $who } voltou a separar o pedido { $number } do pedido { $from }.
clock-runs-out = «{ $clock }» está a acabar no pedido { $number }, que é seu.
clock-ran-out = «{ $clock }» acabou no pedido { $number }, que é seu.
came-back = O pedido { $number } voltou depois de adiado.
nobody-to-assign = Não se pôde atribuir o pedido { $number } a ninguém.
handed-back = O pedido { $number } estava com { $who }, que já não trabalha aqui. Agora não é de ninguém.
nobody-of-that-name = O pedido { $number } pergunta a { $who }, e ninguém aqui se chama assim: { $question }
unsendable = Não se pôde enviar uma mensagem do pedido { $number }: { $reason }
mail-came-back = Uma mensagem do pedido { $number } para { $whom } foi devolvida.
some-mail-came-back = Uma mensagem do pedido { $number } foi devolvida.
no-address = Não se pôde enviar a resposta { $reply }: quem fez o pedido { $number } não tem endereço.
nobody-to-write-to = Não se pôde enviar a resposta { $reply } do pedido { $number }: não se conhece ninguém com endereço verificado como { $party }.
unreachable = Não se pode escrever a ninguém no pedido { $number }: { $reason }
held-back = A sua resposta no pedido { $number } ficou retida: { $reason }
taken-back = { $who } retirou a sua resposta no pedido { $number }. As palavras estão de novo no seu rascunho.
waits-for-mail = O pedido { $number } espera uma resposta e o prazo acabou. Mas a caixa { $mailbox } não é lida desde { $since }: a resposta pode estar lá. O pedido segue quando a caixa voltar a ser lida.
draft-waits-for-mail = A resposta sugerida no pedido { $number } seria enviada agora. Mas a caixa { $mailbox } não é lida desde { $since }: o cliente pode ter escrito entretanto. É enviada quando a caixa voltar a ser lida, ou quando a enviar.
not-answered = Pedido { $number }: a resposta { $reply } não foi enviada: foram { $most } mensagens automáticas para { $address } numa hora, e esta responderia a uma mensagem de lá. Talvez seja um programa a responder.
not-reopened = Pedido { $number }: mensagens reabriram-no { $most } vezes num dia; esta foi guardada e o pedido fica como está. Talvez seja um programa a responder. Quem o vir pode reabri-lo.
own-mail-came = Pedido { $number }: uma mensagem enviada daqui voltou para cá: há uma lista, uma regra de reencaminhamento ou um endereço nosso entre os destinatários. Foi arquivada e não mudou nada.
playbook-failed = O procedimento do pedido { $number } não pôde continuar em { $place }: { $reason }
desk-failed = Algo falhou no pedido { $number }, tenta-se de novo daqui a uma hora: { $reason }
form-refused = Uma resposta do Typeform não pôde ser lida como o formulário { $form }: { $reason }.
schedule-failed = Falhou o calendário `{ $schedule }` de { $playbook }, tenta-se de novo mais tarde: { $reason }
schedule-unclear =
    { $count ->
        [one] O calendário `{ $schedule }` de { $playbook } encontrou uma entrada com a qual não sabe o que fazer. A primeira: { $reason }
       *[other] O calendário `{ $schedule }` de { $playbook } encontrou { $count } entradas com as quais não sabe o que fazer. A primeira: { $reason }
    }
mailbox-unread = A caixa { $mailbox } não é lida desde { $since }: { $reason }. Nada se perdeu, o correio espera no servidor.
set-aside = Uma mensagem foi posta de lado: { $reason }. Está em Correio guardado, à espera de que alguém a veja.

mail-subject = { $desk }: { $text }
mail-many =
    { $count ->
        [one] { $desk }: um aviso
       *[other] { $desk }: { $count } avisos
    }
mail-hello = Olá { $name },
mail-open = Abrir o pedido { $number }
mail-choices = Escolha o que lhe é dito, e quando: { $link }
mail-choices-link = Escolha o que lhe é dito, e quando
mail-no-answer = Ninguém lê respostas a esta mensagem. Responda no pedido.
mail-more = E mais { $count }: { $link }
all-notices = Todos os avisos
tried = Isto é uma experiência: os avisos de { $desk } chegam-lhe aqui.
