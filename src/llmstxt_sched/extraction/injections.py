"""Finds texts that address the model of an agent that reads the page, and tell it what to do.

The patterns are what such texts have in common; a page about them is found as well.  A finding is reported, and changes
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

# In characters.
_MAX_QUOTE: Final = 160
# Of each beginning in a text, so that a page cannot make the search long.
_MAX_PLACES: Final = 50
# The marks of Markdown, which may stand in the midst of a word.
_MARKS: Final = "*`\\"
# Read as one that is straight.
_CURLY: Final = "\u2019"
_EARLIER: Final = r"(?:previous|prior|preceding|earlier|above|foregoing|initial|original)"
_GIVEN: Final = r"(?:above|before|so far|given|you (?:were|have been) given)"
_OF_MODELS: Final = r"(?:instructions?|prompts?|directives?|guidelines)"
# A program has the last of these as well.
_ORDERS: Final = r"(?:instructions?|prompts?|directives?|guidelines|directions?|commands|rules|messages?|context)"
_MODEL: Final = (
    r"(?:(?:the |an? |any |all )?(?:ais?|llms?|(?:chat)?gpt|(?:ai |large )*language models?|"
    r"(?:ai|llm) (?:assistants?|agents?|models?|crawlers?)|chat ?bots?))\b"
)
# Whose name of a trade has a model's in it.
_TRADE: Final = (
    r"(?! (?:engineer|developer|researcher|user|customer|student|teacher|beginner|expert|scientist|specialist|"
    r"enthusiast|practitioner|professional|provider|vendor|company|startup|team|lab|founder|consultant|builder|operator)s?\b)"
)
_ASSISTANT: Final = r"an? (?:[\w-]+ ){0,3}?(?:assistant|ai|(?:language )?model|agent|(?:chat ?)?bot)\b"
_MODELS: Final = (" ai", "llm", "gpt", "language model", "chatbot", "chat bot")


class _Order(NamedTuple):
    """An order begins with one of `begins`, in lower case, and goes on as `pattern` says.

    It is looked for only in a text that has one of `needs`.
    """

    begins: tuple[str, ...]
    pattern: re.Pattern[str]
    needs: tuple[str, ...] = ("",)


# Between two beginnings; one that is escaped is part of one.
_OR: Final = re.compile(r"(?<!\\)\|")


def _order(begins: str, goes_on: str, needs: tuple[str, ...] = ("",), after: str = "") -> _Order:
    pattern = re.compile(rf"{after}(?:{begins}){goes_on}", re.IGNORECASE | re.MULTILINE)
    return _Order(tuple(begin.replace("\\", "") for begin in _OR.split(begins)), pattern, needs)


_NAMES: Final = "ai|llm|llms|chatgpt|gpt|language model|language models|chatbot|chatbots"
# What makes an order of a name before it.
_TOLD: Final = r"(?::| must (?!be\b|have\b)|, (?:please|you|do not|don't|ignore|disregard|if you|when you)\b)"
_ALL: Final = (
    _order(
        "ignore|disregard|forget|override|overrule|bypass|not follow|don't follow|stop following|not obey|don't obey|"
        "stop obeying|pay no attention to",
        rf" (?:(?:(?<!bypass )(?:\w+ ){{0,3}}?{_EARLIER} (?:\w+ ){{0,2}}?{_ORDERS}|(?:\w+ ){{0,3}}?{_ORDERS} {_GIVEN})"
        # Steps of a guide that not everybody needs, and what a program does.
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
        after=r"(?<!not )(?<!n't )(?<!never )(?<!can )(?<!may )",
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
        # Else it is what a sentence begins with, as "For more on AI, please visit".
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
        # What a prompt says itself.
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
        # What a program may do so.
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
        # A conversation in the manual of a model begins with that it is helpful.
        rf"(?:: ?|\] ?)(?:you (?:are (?:now )?(?!an? (?:\w+ ){{0,2}}?helpful\b){_ASSISTANT}|"
        r"must (?:always |never |only )?"
        r"(?:recommend|ignore|say|tell|answer|respond|reply|obey|send|praise)\b)|"
        # A file of settings has sections and keys that are called so, and then values.
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
    # The element of a configuration has others in it.
    _order("<system", r"> ?(?:you|your|ignore|from now|as an?|important|new instructions?|the (?:assistant|user))\b"),
    # The first of all such orders in other languages.
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
    # "Do not forget the earlier instructions" is none, nor is what not everybody is to leave out.
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
        # Without an end behind it, it is a noun as well, which says the opposite.
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
    # Where a sentence begins, it says nothing of what is not to be told.
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
_ORDER_UNSEEN: Final = re.compile(
    r"\b(?:system ?: ?you are\b|from now on,? you (?:must|shall|should|are)\b|"
    r"(?:do not|don't|never) (?:tell|inform) the user that you\b|"
    r"your (?:actual|real|true) (?:tasks?|goals?|instructions?) (?:is|are)\b)",
    re.IGNORECASE,
)
# What orders are written of with a sign between each two letters, so that no word of theirs is found.
_OF_ORDERS: Final = (
    "ignore disregard forget previous prior preceding earlier above instructions instruction prompts prompt directives "
    "guidelines rules commands everything system all any of the your you and"
)
_TOLD_BY: Final = ("ignore", "disregard", "forget")
_SIGNS: Final = " .-_"
_SPACED_OUT: Final = [sign.join(word).encode() for word in _TOLD_BY for sign in _SIGNS]
_SPACED: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join('[ ._-]'.join(word) for word in _OF_ORDERS.split())})(?![^\W_])", re.IGNORECASE
)
_SIGN: Final = re.compile("[ ._-]")
# In characters: no order is shorter.
_LEAST: Final = 5
_SPACES: Final = re.compile("  +")
# What stands between texts; a page has no NULs.
_BETWEEN: Final = "\0"
# Letters in lower case, and a space for each other character of white space that is one byte.
_PLAIN: Final = bytes(range(256)).lower().translate(bytes.maketrans(b"\t\n\v\f\r\x1c\x1d\x1e\x1f", b" " * 9))
# So many spaces become one: else those between two words would take the place of the words.
_WIDE: Final = b" " * 8
# What nearly all letters of Russian and Ukrainian begin with in UTF-8.
_CYRILLIC: Final = b"\xd0"
# In bytes; what is found in so many is held at once.
_STEP: Final = 100_000
# In bytes: so much of a text around the word of a beginning is folded.  A character has four at most.
_BEFORE, _BEHIND = 200, 4 * _MAX_QUOTE
# Of each word, so many places are looked at before all of the text is folded: more in a long text.
_MIN_TRIED, _MAX_TRIED, _BYTES_TO_TRY = 200, 1000, 1000
# Words that nearly all texts have, and parts of them.
_COMMON: Final = frozenset("a an and are as do for from g if is l me not of on the this to was when you your".split())  # noqa: SIM905


def _key(phrase: str) -> str:
    """The word of a phrase that the fewest texts have."""
    return max(phrase.split(), key=lambda word: (word not in _COMMON, len(word)))


def _beginnings() -> dict[str, list[tuple[str, _Order]]]:
    """All beginnings by that word, each with its order."""
    found = dict[str, list[tuple[str, _Order]]]()
    for order in _ALL:
        for begin in order.begins:
            found.setdefault(_key(begin), []).append((begin, order))
    return found


def _spellings(word: str) -> set[bytes]:
    """A word in UTF-8 as it may be written, with the letters of ASCII in lower case."""
    spelt = (word, word.capitalize(), word.upper(), word.replace("'", _CURLY))
    return {each.encode().lower() for each in spelt}


_SPELT: Final = {
    spelling: _key(phrase)
    for order in _ALL
    for phrase in filter(None, order.begins + order.needs)
    for spelling in _spellings(_key(phrase))
}
_SPELLINGS, _BEGINNINGS = sorted(_SPELT), _beginnings()
# In bytes, since a letter of another script makes the search in a text several times as long.
_SEARCH: Final = BytesAhoCorasick(_SPELLINGS, implementation=Implementation.DFA)
_LONGEST: Final = max(map(len, _SPELLINGS))


def find_injection(texts: Iterable[str]) -> str:
    """A passage of `texts` that addresses a model, at most 160 characters; '' if there is none."""
    read = [text for text in texts if len(text) >= _LEAST]
    # Most pages have none, which is found out in a fraction of the time that it takes to fold their texts.
    data = _plain(read)
    if any(word in data for word in _SPACED_OUT):
        read = [_SPACED.sub(_joined, _without_marks(" ".join(text.split()))) for text in read]
        data = _plain(read)
    possible = _possible(data)
    if not possible:
        return ""
    folded, lowered = _folded(read)
    found = min((at for order in possible for at in _found(lowered, order)), default=-1)
    return "" if found < 0 else folded[found : found + _MAX_QUOTE].partition("\n")[0].rstrip()


def _plain(texts: list[str]) -> bytes:
    data = _bytes_of(_BETWEEN.join(texts)).translate(_PLAIN, _MARKS.encode())
    while _WIDE in data:
        data = data.replace(_WIDE, b" ")
    return data


def _joined(letters: re.Match[str]) -> str:
    return _SIGN.sub("", letters[0])


def _bytes_of(text: str) -> bytes:
    data = text.encode(errors="replace")
    # Of a word in Cyrillic letters there are too many spellings; to have any text in lower case takes longer.
    return text.lower().encode(errors="replace") if _CYRILLIC in data else data


def _possible(data: bytes) -> list[_Order]:
    """The orders that are in texts without marks, and those of whose words there are too many to tell."""
    # The words that are there, and where one of a text begins with them.
    words, places = set[str](), dict[str, list[int]]()
    most = min(_MIN_TRIED + len(data) // _BYTES_TO_TRY, _MAX_TRIED)
    for begin in range(0, len(data), _STEP):
        part = data[begin : begin + _STEP + _LONGEST]
        for which, start, _ in _SEARCH.find_matches_as_indexes(part, overlapping=True):
            word, at = _SPELT[_SPELLINGS[which]], begin + start
            words.add(word)
            if at == 0 or not data[at - 1 : at].isalnum():
                known = places.setdefault(word, [])
                if len(known) <= most:
                    known.append(at)
    return [
        order
        for word, known in places.items()
        for begin, order in _BEGINNINGS.get(word, ())
        if any(not need or _key(need) in (places if need[0] == " " else words) for need in order.needs)
        and (len(known) > most or any(_begins(data, begin, order, at) for at in known))
    ]


def _begins(data: bytes, begin: str, order: _Order, at: int) -> bool:
    """Whether the order stands where the word of this beginning does, or too much white space is there to tell."""
    key = _key(begin)
    first, _, rest = begin.partition(key)
    ahead, behind = data[max(at - _BEFORE, 0) : at], data[at : at + _BEHIND]
    if not _may_be_beside(first[-2:-1], ahead.rstrip()[-1:]):
        return False
    if not _may_be_beside(rest[1:2], behind[len(key.encode()) :].lstrip()[:1]):
        return False
    ahead = ahead.rpartition(_BETWEEN.encode())[2]
    behind = behind.partition(_BETWEEN.encode())[0]
    before = _decoded(ahead)
    text = " ".join(before.split()) + " " * before[-1:].isspace()
    start = len(text) - len(first)
    text += " ".join(_decoded(behind).split())
    if (start < 0 and len(ahead) == _BEFORE) or (len(text) - start < _MAX_QUOTE and len(behind) == _BEHIND):
        return True
    is_so = start >= 0 and text.startswith(begin, start)
    return is_so and order.pattern.match(text, start, start + _MAX_QUOTE) is not None


def _may_be_beside(character: str, found: bytes) -> bool:
    """Whether the byte beside a word is this character, the nearest of what a beginning has there, or none of ASCII."""
    return not character or not character.isascii() or not found.isascii() or found == character.encode()


def _decoded(part: bytes) -> str:
    return _lowered(part.decode(errors="ignore"))


def find_unseen_order(texts: Iterable[str]) -> str:
    """The same of texts that no reader of the page sees, where less tells an order."""
    folded, lowered = _folded(list(texts))
    found = _ORDER_UNSEEN.search(lowered)
    return folded[found.start() : found.start() + _MAX_QUOTE].partition("\n")[0].rstrip() if found else ""


def _found(lowered: str, order: _Order) -> Iterator[int]:
    """Where the order stands first, for each of its beginnings."""
    if not any(need in lowered for need in order.needs):
        return
    for begin in order.begins:
        for at in _places(lowered, begin):
            if order.pattern.match(lowered, at, at + _MAX_QUOTE):
                yield at
                break


def _folded(texts: list[str]) -> tuple[str, str]:
    """The texts, on a line each without the marks of Markdown, and the same, as long, in which orders are looked for.

    That is in lower case, and an apostrophe is straight.
    """
    text = _without_marks("\n".join([" ".join(text.split()) for text in texts]))
    # Where a mark stood alone.
    if "  " in text:
        text = _SPACES.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")
    lowered = _lowered(text)
    return (text if len(lowered) == len(text) else lowered), lowered


def _lowered(text: str) -> str:
    # Some letters have two in their place in lower case, of which this one is frequent.
    return text.replace("\u0130", "i").replace(_CURLY, "'").lower()


def _without_marks(text: str) -> str:
    for mark in _MARKS:
        text = text.replace(mark, "")
    return text


def _places(lowered: str, begin: str) -> Iterator[int]:
    """Where the words `begin` are in the texts; each of them is looked for as it stands between two words."""
    at, end, left = lowered.find(begin), -1, 0
    while at >= 0:
        if at > end:
            end = lowered.find("\n", at)
            end, left = (len(lowered) if end < 0 else end), _MAX_PLACES
        before = lowered[at - 1 : at]
        if not (before.isascii() and before.isalnum()):
            yield at
            left -= 1
        at = lowered.find(begin, at + len(begin) if left else end)
