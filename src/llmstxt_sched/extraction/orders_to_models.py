"""The orders that texts give to the model of an agent: how each begins and goes on, in some twenty languages.

They are patterns of what such orders have in common, so that a page about them is found as well.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from llmstxt_sched.extraction.lazy_pattern import LazyPattern

_EARLIER: Final = r"(?:previous|prior|preceding|earlier|above|foregoing|initial|original)"
_GIVEN: Final = r"(?:above|before|so far|given|you (?:were|have been) given)"
_OF_MODELS: Final = r"(?:instructions?|prompts?|directives?|guidelines)"
# The last of these belong to programs as well.
_ORDERS: Final = r"(?:instructions?|prompts?|directives?|guidelines|directions?|commands|rules|messages?|context)"
_MODEL: Final = (
    r"(?:(?:the |an? |any |all )?(?:ais?|llms?|(?:chat)?gpt|(?:ai |large )*language models?|"
    r"(?:ai|llm) (?:assistants?|agents?|models?|crawlers?)|chat ?bots?))\b"
)
# Trades with a model in their name: who has one is no model.
_TRADE: Final = (
    r"(?! (?:engineer|developer|researcher|user|customer|student|teacher|beginner|expert|scientist|specialist|"
    r"enthusiast|practitioner|professional|provider|vendor|company|startup|team|lab|founder|consultant|builder|operator)s?\b)"
)
_ASSISTANT: Final = r"an? (?:[\w-]+ ){0,3}?(?:assistant|ai|(?:language )?model|agent|(?:chat ?)?bot)\b"
_MODELS: Final = (" ai", "llm", "gpt", "language model", "chatbot", "chat bot")


class Order(NamedTuple):
    """An order begins with one of `begins`, in lower case, and goes on as `pattern` says.

    It is looked for only in a text that has one of `needs`.
    """

    begins: tuple[str, ...]
    pattern: LazyPattern
    needs: tuple[str, ...] = ("",)


# Between two beginnings; one that is escaped is part of one.
_OR: Final = re.compile(r"(?<!\\)\|")


def _order(begins: str, goes_on: str, needs: tuple[str, ...] = ("",), after: str = "") -> Order:
    pattern = LazyPattern(rf"{after}(?:{begins}){goes_on}", re.IGNORECASE | re.MULTILINE)
    return Order(tuple(begin.replace("\\", "") for begin in _OR.split(begins)), pattern, needs)


_NAMES: Final = "ai|llm|llms|chatgpt|gpt|language model|language models|chatbot|chatbots"
# Makes an order of a name before it.
_TOLD: Final = r"(?::| must (?!be\b|have\b)|, (?:please|you|do not|don't|ignore|disregard|if you|when you)\b)"
ORDERS: Final = (
    _order(
        "ignore|disregard|forget|override|overrule|bypass|not follow|don't follow|stop following|not obey|don't obey|"
        "stop obeying|pay no attention to",
        rf" (?:(?:(?<!bypass )(?:\w+ ){{0,3}}?{_EARLIER} (?:\w+ ){{0,2}}?{_ORDERS}|(?:\w+ ){{0,3}}?{_ORDERS} {_GIVEN})"
        # Not the steps of a guide that some may skip, nor what a program does.
        r"\b(?! (?:if|when|unless|where|in case|for (?:windows|linux|macos)|with custom)\b)|"
        rf"(?:\w+ ){{0,3}}?{_EARLIER} {_OF_MODELS}|"
        rf"(?<!override )(?<!bypass )(?:\w+ ){{0,3}}?(?:existing|other|system|your) (?:\w+ )?{_OF_MODELS}|"
        r"(?:all|any)(?: of)?(?: the| your)? (?:instructions?|prompts|directives)|your training|"
        r"your programming(?:[.,;!]| and\b|$)|"
        r"(?:all|everything|anything|what)(?: that)? (?:is )?"
        r"(?:above|before|you (?:were|have been|'ve been) told)|(?:all|everything)(?: that)? you know(?! about\b)|"
        r"(?:the user's (?:\w+ )?(?:instructions?|requests?|questions?|prompts?|messages?)|"
        r"what the user (?:asks|asked|says|said|wants)(?: for)?)(?:,? and|[,;])? (?:instead|rather)\b|"
        r"the above(?: and\b|[.,:;!]|$))",
        # "The ignore rules above" are those of a file.
        after=r"(?<!not )(?<!n't )(?<!never )(?<!can )(?<!may )(?<!the )",
    ),
    _order(
        "override",
        r"[:.!,]+ (?:the |this |any |all )?(?:assistants?|ais?|models?|agents?|llms?)"
        r" (?:must|should|shall|ha(?:s|ve) to|needs? to)(?: now| always| first| only| immediately)?"
        r" (?:run|execute|send|post|upload|visit|open|fetch|download|ignore|disregard|reveal|say|reply|respond|answer|"
        r"tell|recommend|delete)\b",
        # A method is overridden as well.
        after=r"(?:(?<=system )|(?<!\w ))",
    ),
    _order("if you|when you|since you|because you", rf"(?: are|'re) {_MODEL}{_TRADE}", _MODELS),
    _order("as an|as a", rf" {_MODEL},? you (?:must|should|will|shall|are)\b", _MODELS),
    _order(
        "note|message|instruction|instructions|important",
        rf"[ :,-]+(?:(?:to|for) {_MODEL}(?:{_TOLD}|$)|{_MODEL}(?::| must (?!be\b|have\b)))",
        _MODELS,
        # So begins a section on how to write a prompt.
        after=rf"(?:(?<!# )|(?!instructions?[ :,-]+(?:to|for) {_MODEL}(?::|$)))",
    ),
    _order("attention|dear|hey|hello", rf"[ :,-]+(?:to|for)?[ :]*{_MODEL}(?:[,!]|{_TOLD}|$)", _MODELS),
    _order(
        _NAMES,
        r"(?: assistants?| agents?| models?)?,? (?:that (?:is|are) )?"
        r"(?:reading|processing|summari[sz]ing|indexing|visiting) this",
        ("g this",),
    ),
    _order(
        _NAMES,
        r"(?: assistants?| agents?| models?)?,? (?:(?:that|which|who) )?"
        r"(?:reads?|visits?|index(?:es)?|summari[sz]es?) this"
        r"(?: (?:page|site|website|text|document|article|readme|repo))?,? (?:(?:it|they) )?"
        r"(?:must|shall|ha(?:s|ve) to) (?!obey|follow|respect|be\b|have\b|fit\b|split\b)",
        (" this",),
    ),
    _order(
        "stop what you",
        r"(?: are|'re) doing(?:,? and|[,;.]) (?:(?:ignore|send|reply|respond|say)\b|"
        r"(?:follow|execute|run) (?:my|this|these|the (?:new|following)) "
        r"(?:\w+ )?(?:instruction|order|command|script))",
    ),
    _order(
        "you answer|you respond|you reply|answering|responding|replying",
        r",? (?:(?:you must|please|first|always) ){0,2}(?:run|execute|fetch|visit|open|download|load)"
        r" (?:(?:the following|this) (?:command|script|url|link|code)\b|https?://|curl\b|wget\b)",
        after=r"(?<=before )",
    ),
    _order(
        "when answering|when you answer|when asked|when you are asked",
        r"(?: (?:any )?questions?)? about (?:this (?:page|site|product|project|company)|us),? "
        r"(?:you must|always|never|do not|don't)\b",
    ),
    _order(
        _NAMES,
        r"(?: assistants?| agents?| models?)?, please (?:send|run|execute|visit|open|ignore|reveal|recommend|say|do)\b",
        (", please",),
        # Else a sentence may begin so: "For more on AI, please visit".
        after=r"(?<![\w,] )",
    ),
    _order(
        _NAMES,
        r"(?: assistants?| agents?| models?)? ?: (?:please\b|you (?:must|should|shall|will|are)\b|"
        r"(?:do not|don't|never|always)\b|(?:run|give|do|send|say) (?:this|the following|me|us|all|it|that)\b)",
        # Else it is a product's name.
        after=r"(?<!\w )",
    ),
    _order(
        "you are now",
        rf" (?:{_ASSISTANT}|(?:an? )?(?:\w+ )?(?:dan|unrestricted|unfiltered|jailbroken)\b|"
        r"in (?:\w+ )?(?:developer|god|dan|jailbreak) mode)\b",
    ),
    _order(
        "act|behave|respond|pretend",
        r" (?:as (?:an? )?(?:unrestricted|unfiltered|jailbroken)|(?:\w+ ){0,4}?developer mode)",
        ("unrestricted", "unfiltered", "jailbroken", "developer mode"),
    ),
    _order(
        "when summari|when you summari|when you are summari",
        r"(?:s|z)(?:e|ing) this (?:page|text|article|document|site),? "
        r"(?:you|always|never|do not|don't|please|say|add)\b",
    ),
    _order(
        "reveal|print|repeat|output|show|send|tell me",
        r"(?: me)? (?:(?:all|any|out|the (?:\w+ )?(?:contents?|text) of) )?(?:your|the) (?:\w+ )?"
        r"(?:system prompt|(?:initial|original) instructions)",
        ("system prompt", "l instructions"),
        # Those are what a prompt says itself.
        after=r"(?<!not )(?<!n't )(?<!never )",
    ),
    _order(
        "send|upload|forward",
        r"(?: me| us)? (?:(?:all(?: of)?|the (?:\w+ )?(?:contents?|text) of) )?your (?:\w+ )?"
        r"(?:context window|conversation history|memory|system prompt) to (?:https?://|\S+@)",
        (" your",),
    ),
    _order("new instruction|new system instruction", "s? ?:"),
    _order("system prompt|system message|system override", " ?: ?(?:you|ignore|from now)"),
    _order("# instruction", "s? ?:"),
    _order(
        "do not|don't|never|you must not|you mustn't|assistant must not|model must not|ai must not",
        r" (?:(?:tell|inform)(?: \w+)? the user"
        r"(?:[.!,;]|$| (?:(?:about|of) (?:this|it|these|your|any)|anything|"
        r"that you(?! (?:have )?(?:found|recogni[sz]ed)\b))\b| about that(?:[.!]|$))|"
        r"(?:mention|reveal|disclose|show)"
        r" (?:this|that|it|anything|any of (?:this|it)|(?<!show )these \w+|your \w+(?: \w+)?) to the user|"
        r"(?:mention|reveal|disclose) (?:this|that) (?:instruction|prompt|message|note|text|directive)s? to the user)",
        ("the user",),
    ),
    _order(
        "without telling the user|without informing the user|without asking the user",
        r",? (?:send|run|execute|call|post|upload|visit|fetch|read|open|delete|include)\b",
        # Else it is what a program may do.
        after=r"(?<!may, )(?<!can, )(?<!will, )(?<!could, )(?<!might, )",
    ),
    _order(
        "from now on",
        rf",? (?:you (?:are (?:now )?{_ASSISTANT}|(?:must|will|shall|should) (?:only |always )?"
        r"(?:answer|respond|reply|recommend|say(?!.{0,40} (?:instead of|rather than)\b)|act as|speak|obey|pretend)\b)|"
        r"(?:answer|respond|reply) only\b)",
    ),
    _order(
        "system",
        # Not "a helpful assistant", which a conversation in the manual of a model begins with.
        rf"(?:: ?|\] ?)(?:you (?:are (?:now )?(?!an? (?:\w+ ){{0,2}}?helpful\b){_ASSISTANT}|"
        r"must (?:always |never |only )?"
        r"(?:recommend|ignore|say|tell|answer|respond|reply|obey|send|praise)\b)|"
        # Not the sections, keys and values of a file of settings.
        rf"override[:.!,]* (?:(?:\w+ ){{0,3}}?{_ORDERS}|you|ignore|disregard|forget|reveal|print|show|send|say|tell|"
        r"answer|respond|reply|recommend)\b|"
        r"(?:ignore|disregard) (?:all|any|the|your|previous|prior)\b(?! ?[:=])|new instructions?\b)",
        after=r"(?<!\w )",
    ),
    _order(
        "assistant",
        r"[,:] (?:please (?:send|run|execute|visit|open|ignore|reveal|recommend)\b|"
        r"(?:ignore|disregard) (?:all|any|the|your|previous|prior)\b)",
        after=r"(?<!\w )",
    ),
    _order(
        "keep this",
        r"(?: (?:instruction|message|note|prompt|text))? (?:secret|hidden|confidential) from the user(?:[.,;!]|$)",
        ("the user",),
    ),
    _order("instead of summarizing|instead of summarising", r"[\w ]{0,30}, (?:please )?(?:reply|respond|answer|say)\b"),
    _order(
        "repeat",
        r" (?:(?:all(?: of)? )?your (?:system |initial |original )?instructions,? (?:word for word|verbatim|exactly)\b|"
        r"(?:all |everything |the )?(?:words|text|everything|prompt) above,? (?:starting|beginning|verbatim)\b)"
        r"(?! (?:with|from|at) (?:\w+ ){0,3}?(?:steps?|page|chapter|section)\b)",
    ),
    _order(
        "your new instructions|your real task|your true task|your real instructions|your true goal|your real goal",
        r" (?:is|are)(?: to\b| as follows|:)",
    ),
    _order(
        "your actual task",
        r" is(?: now\b| as follows|:| to (?:send|reveal|print|ignore|output|visit|run|execute|post|upload|tell|say|"
        r"answer|respond|recommend)\b)",
    ),
    _order(
        "pretend",
        r" (?:that )?you (?:have no|are not bound by|are free of) (?:\w+ )?(?:restrictions|limits|limitations|rules)",
    ),
    _order(r"<\|im_start|<\|system|<\|endoftext", r"\|>"),
    _order(r"\[inst|\[/inst", r"\]"),
    _order("<<sys|<</sys", ">"),
    # Not the element of a configuration, which has others in it.
    _order("<system", r"> ?(?:you|your|ignore|from now|as an?|important|new instructions?|the (?:assistant|user))\b"),
    # The first of these orders in other languages.
    _order(
        "ignorier|vergiss|vergesse|missacht",
        r"\w*(?: sie)? (?:(?:\w+ ){0,3}?(?:anweisung|instruktion)en|"
        r"(?:\w+ ){0,2}?(?:bisherig|vorherig|vorig|früher|obig)en (?:vorgaben|befehle)|"
        r"alles,? (?:was (?:\w+ ){0,3}?(?:gesagt|vorgegeben|befohlen|gelernt|steht)|bisherige|vorherige|obige))",
    ),
    _order(
        "du musst|du sollst|sie müssen|sie sollen|bitte",
        r" (?:\w+ ){0,2}?(?:bisherig|vorherig|vorig|früher|obig)en (?:anweisungen|instruktionen|vorgaben|befehle) "
        r"(?:(?!nicht )\w+ ){0,2}?(?:ignorieren|vergessen|missachten)\b"
        r"(?!,? (?:wenn|falls|sofern|k\u00f6nnen|d\u00fcrfen)\b)",
        ("ignorieren", "vergessen", "missachten"),
    ),
    _order(
        "beacht", r"\w*(?: sie)? (?:\w+ ){0,2}?(?:bisherig|vorherig|vorig|früher|obig)en (?:anweisungen|vorgaben) nicht"
    ),
    _order(
        "du bist jetzt|du bist nun|du bist ab sofort|ab sofort bist du|sie sind jetzt|sie sind ab sofort",
        r" (?:ein|eine) (?:\w+ ){0,2}?(?:assistent|assistentin|ki|ki-\w+|sprachmodell|agent|bot|chatbot)\b",
    ),
    _order("sag|erzähl|verrat", r"\w{0,3}(?: sie)? dem (?:be)?nutzer nichts(?: davon| darüber|[.!]|$)", ("nutzer",)),
    _order(
        "ignore|oublie",
        r"[zr]? (?:(?:\w+ ){0,3}?(?:instructions|consignes) (?:\w+ )?(?:précédentes|antérieures|ci-dessus)|"
        r"tout ce qui précède)",
    ),
    _order("ne ten|ne tiens", r"\w* (?:pas|aucun) compte des? (?:instructions|consignes) (?:précédentes|antérieures)"),
    _order(
        "tu es maintenant|vous êtes maintenant|tu es désormais|vous êtes désormais",
        r" une? (?:\w+ ){0,2}?(?:assistante?|ia|modèle|agent|chatbot)\b",
    ),
    _order("ne dis|ne dites", r" rien à l'utilisateur"),
    _order(
        "olvida|olvide|esqueça|esquece",
        r" (?:todo lo anterior|tudo (?:o que|isso)|todo lo que)",
        after=r"(?<!no )(?<!não )",
    ),
    _order(
        "ahora eres|a partir de ahora eres|agora você é|ora sei|adesso sei",
        r" (?:una?|uma?|un') ?(?:\w+ ){0,2}?(?:asistente|assistente|ia|modelo|modello|agente(?! de la\b)|chatbot)\b",
    ),
    _order("no le digas nada|no se lo digas|não diga nada|não conte", r" (?:al usuario|ao (?:usuário|utilizador))"),
    _order("haz caso omiso|haga caso omiso", r" de (?:todas )?las instrucciones (?:anteriores|previas)"),
    _order(
        "ignor|olvid|esque|dimentica",
        r"\w* (?:\w+ ){0,3}?(?:instrucciones|instruções|istruzioni) (?:anteriores|previas|prévias|precedenti)",
        ("nstruccion", "nstruç", "istruzion"),
        after=r"(?<!no )(?<!não )(?<!non )",
    ),
    # Not "do not forget the earlier instructions", nor what only some are to leave out.
    _order(
        "zignoruj|ignoruj|zapomnij",
        r"(?:cie)? (?:o )?(?:\w+ ){0,2}?(?:poprzedni(?:e|ch)|(?:wcześniejsz|powyższ)(?:e|ych)) (?:instrukcj|polece)\w++"
        r"(?!,? (?:jeśli|jeżeli|gdy)\b)",
        after=r"(?<!nie )",
    ),
    _order(
        "ignoruj|zapomeň",
        r"(?:te)? (?:na )?(?:\w+ ){0,2}?předchozí (?:pokyny|instrukce|příkazy)(?!,? (?:pokud|jestliže|když)\b)",
    ),
    _order(
        "ignorera|ignorer|glöm|glem",
        r" (?:(?!inte |ikke |ikkje )\w+ ){0,2}?(?:tidigare|föregående|tidligere|forrige|foregående) "
        r"(?:instruktion|anvisning|instruks)\w*+(?!,? (?:om|hvis|dersom)\b)",
    ),
    _order(
        "önceki",
        r" (?:tüm |bütün )?(?:talimatlar\u0131|komutlar\u0131|yönergeleri)(?: \w+)? (?:"
        r"(?:yok say|unut|görmezden gel)(?:[\u0131iu]n(?:[\u0131iu]z)?)?\b|"
        # Without an ending it is a noun as well, with the opposite meaning.
        r"dikkate alma(?:y\u0131n(?:\u0131z)?\b|(?=[.,;!]|$| ve\b)))",
    ),
    _order(
        "abaikan|lupakan",
        r" (?:\w+ ){0,2}?(?:instruksi|perintah|arahan)(?: \w+){0,2}? (?:sebelumnya|di atas)\b"
        r"(?! (?:jika|bila|kalau|apabila)\b)",
        after=r"(?<!jangan )",
    ),
    _order(
        "bỏ qua|quên",
        r" (?:\w+ ){0,3}?(?:hướng dẫn|chỉ dẫn|chỉ thị|lệnh)(?: \w+){0,2}? (?:trước đó|ở trên|phía trên)(?! nếu\b)",
        after=r"(?<!không )(?<!đừng )(?<!thể )",
    ),
    _order(
        "पिछले",
        r" (?:सभी )?(?:निर्देशों|आदेशों) को (?:(?:अनदेखा|नज़रअंदाज़) (?:कर(?![तन])|की)|भूल (?:जा(?![तन])|कर))",
    ),
    _order(
        "ігноруй|проігноруй|забудь",
        r"(?:те)? (?:\w+ ){0,2}?(?:попередні|минулі) (?:інструкції|вказівки)(?!,? якщо\b)",
        after=r"(?<!не )",
    ),
    _order("negeer", r" (?:\w+ ){0,3}?(?:vorige|eerdere|voorgaande) instructies"),
    _order(
        "игнорируй|проигнорируй|забудь",
        r"(?:те)? (?:(?:\w+ ){0,2}?(?:предыдущие|прежние) (?:инструкции|указания)(?!,? если\b)|"
        r"вс[её],? что (?:\w+ )?(?:сказано|написано))",
        after=r"(?<!не )",
    ),
    _order(
        "теперь ты|отныне ты|теперь вы", r"(?: \u2014| -)? (?:\w+ ){0,2}?(?:помощник|ассистент|ии|модель|агент|бот)\b"
    ),
    _order(
        "не сообщай|не говори|не рассказывай",
        r"(?:те)? (?:\u043e\u0431 этом пользователю|пользователю(?: \u043e\u0431 этом| про это|[.!]|$))",
    ),
    _order(
        "以前の|これまでの|上記の|前の",
        r"(?:すべての|全ての)?(?:(?:指示|命令|プロンプト)[をは]?(?:すべて|全て)?(?:無視|忘れ)|内容[をは]?(?:すべて|全て)?忘れ)",
    ),
    _order(
        "あなたは今から|あなたはこれから|今からあなたは|これからあなたは",
        r".{0,20}(?:アシスタント|エージェント|チャットボット|AI)(?:です|として|になり)",
    ),
    # Only where a sentence begins: elsewhere it tells how something else is kept from the user.
    _order(
        "ユーザーに",
        r"は?(?:この(?:こと|指示|メッセージ)[をは]?)?(?:言わない|伝えない|教えない|知らせない)で",
        after=r"(?<![^\s。.!\uff01])",
    ),
    _order(
        "忽略|无视|忘记|忽視|無視|忘記",
        r"掉?你?(?:之前|以上|上面|前面|先前|所有|此前)的?(?:(?:所有|一切|全部)?的?(?:指令|指示)|(?:所有|一切|全部)的?(?:内容|内容|內容|对话))",
    ),
    _order("你现在是|你現在是", r".{0,14}(?:助手|人工智能|AI|机器人|模型)(?:[。.,\uff0c!\uff01]|$)"),
    _order("从现在开始|從現在開始|从现在起", r"[,\uff0c]?你(?:是|将|必须|只).{0,14}(?:助手|人工智能|AI|机器人|模型)"),
    _order(
        "不要告诉用户|不要告訴用戶|别告诉用户|不要向用户",
        r"(?:[。.!\uff01]|$|(?:提及|透露)?(?:这|此|本|你(?:是|看|读)))",
    ),
    _order("사용자에게", r"(?:는)? ?(?:이 (?:내용|사실|지시)[을를]? )?(?:말하지|알리지) ?마"),
    _order("이전|위의", r" ?(?:모든 )?지시(?:사항)?[를을]? ?(?:모두 )?(?:무시|잊)"),
    _order("تجاهل", r" (?:\w+ ){0,2}?التعليمات السابقة"),
)
# What a manual says as well, but not where nobody sees it.
UNSEEN_ORDER: Final = LazyPattern(
    r"\b(?:system ?: ?you are\b|from now on,? you (?:must|shall|should|are)\b|"
    r"(?:do not|don't|never) (?:tell|inform) the user that you\b|"
    r"your (?:actual|real|true) (?:tasks?|goals?|instructions?) (?:is|are)\b)",
    re.IGNORECASE,
)
