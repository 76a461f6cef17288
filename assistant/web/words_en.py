"""The words of words.py in English, name by name. Plain English for colleagues who read Dutch documents with some effort."""

from __future__ import annotations

from datetime import date

from assistant.web.words import StatusLook

LANGUAGE = "en"
LANGUAGE_CHOICE = "Language"
NAME = "Regelwijzer"
AI_LINE = "You are talking to an AI system. Read the source as well before you decide anything."
SKIP = "Skip to the question"
SKIP_CONTENT = "Skip to the content"
MENU = "Menu"

NAV_ASK = "Ask"
NAV_DOCUMENTS = "Documents"
NAV_PRIVACY = "Privacy"
NAV_FEEDBACK = "Feedback"
NAV_USERS = "Accounts"
SIGN_OUT = "Sign out"

QUESTION_LABEL = "Your question"
QUESTION_HINT = "For example: who may assess the need for dementia case management?"
FOLLOW_UP_HINT = "Ask a follow-up question"
AS_OF_LABEL = "Reference date"
AS_OF_HELP = "The answer holds for this day."
AS_OF_WRONG = "The reference date must lie between {first} and {last}."
AS_OF_REMEDY = "Choose another day."
ASK = "Ask"
STOP = "Stop"
NEW = "New conversation"
WORKING = "Searching the documents …"
STEP_FOUND = "Found in:"
STEP_WRITING = "The language model is writing the answer. Each sentence is checked against the quotes …"
NOT_KEPT = "This answer could not be saved. Copy what you need."
CONNECTION_LOST = "There is no connection with Regelwijzer. Your question is still there; try again in a minute."
NO_CONNECTION = "There is no connection with Regelwijzer. Try again in a minute."
STOPPED = "Stopped. You can ask your question again."
WELCOME = "What would you like to know?"
WELCOME_TEXT = (
    "Regelwijzer looks up the answer in the documents and shows where each sentence comes from. "
    "If it is not there, Regelwijzer says so. The documents are in Dutch, and so are the quotes."
)
EXAMPLES_TITLE = "Questions to begin with (in Dutch)"
UNDERSTOOD = "This is how I understood your question:"
UNDERSTOOD_AFTER = "I read this as following on your question:"
YOU_ASKED = "Your question"
ANSWER = "Answer"
AS_OF_SHOWN = "Reference date {day}"
OUTSIDE_NEAREST = "These passages come closest"
OUTDATED_NEAREST = "This is what that source says"
MISSING_TITLE = "You can look it up here"
MISSING_ALSO = "Not consulted: this is still missing here"
MISSING_PAGE = "Regelwijzer does not have the text of this document yet. You can read it here."
OFFICIAL = "Open the official text"
NO_ADDRESS = "The address is not known."
NOTICES = "Please note"
OPEN_SOURCE = "Source {number}: {title}, page {page}. Open the source."
PAGE = "page {page}"

CONVERSATIONS = "Conversations"
CONVERSATIONS_SEARCH = "Search conversations"
TODAY = "Today"
YESTERDAY = "Yesterday"
CONVERSATIONS_NONE = "No conversations yet."
CONVERSATIONS_NOT_FOUND = "No conversation found."
CONVERSATION_RENAME = "Rename {title}"
CONVERSATION_DELETE = "Delete {title}"
RENAME_TITLE = "Rename"
RENAME_LABEL = "New name"
SAVE = "Save"
CANCEL = "Cancel"
DELETE = "Delete"
DELETE_TITLE = "Delete this conversation?"
DELETE_TEXT = "The conversation will be gone, with the links to its answers and the feedback on them. You cannot undo this."
DELETE_ALL = "Delete all"
DELETE_ALL_TITLE = "Delete all conversations?"
DELETE_ALL_TEXT = (
    "All your conversations will be gone, with the links to their answers and the feedback on them. You cannot undo this."
)
DELETED = "Deleted."
RENAMED = "Renamed."
UNTITLED = "Untitled"

TAKE_ALONG = "Take along"
COPY_ANSWER = "Copy with sources"
COPY_LINK = "Copy link"
DOWNLOAD_WORD = "Word"
DOWNLOAD_PDF = "PDF"
PERMANENT_TITLE = "Saved answer"
PERMANENT_INTRO = "Given on {day}. The sources open as they were then."
HELPFUL_ASK = "Is this helpful?"
HELPFUL_YES = "Yes"
HELPFUL_NO = "No"
REASONS_TITLE = "What is wrong with it?"
REASONS = {
    "wrong_source": "Wrong source",
    "incomplete": "Incomplete",
    "outdated": "Out of date",
    "unclear": "Unclear",
}
FEEDBACK_LINE = "Explanation (may be left empty)"
FEEDBACK_SEND = "Send"
FEEDBACK_THANKS = "Thank you. The keeper of the documents receives your feedback."
VERDICTS = {"helpful": "Helpful", "not_helpful": "Not helpful"}

PERSONAL_TITLE = "There are personal data in your question"
PERSONAL_TEXT = "Your question has not been saved or sent anywhere yet. Choose what should happen."
PERSONAL_FOUND = "Found"
PERSONAL_KINDS = {
    "bsn": "citizen service number (BSN)",
    "email": "e-mail address",
    "phone": "phone number",
    "iban": "account number (IBAN)",
    "birth_date": "date of birth",
    "address": "address",
    "name": "name",
}
PERSONAL_MASKED = "Your question without these data"
PERSONAL_SEND_MASKED = "Send without these data"
PERSONAL_EDIT = "Change the question"
PERSONAL_SEND_RAW = "Send as I wrote it"

SOURCE = "Source"
SOURCE_TEXT = "Text of the source"
LOADING = "Loading the source …"
LOAD_FAILED = "The source could not be loaded. Maybe there is no connection."
LOAD_AGAIN = "Try again"
CLOSE = "Close"
PREVIOUS_CITATION = "Previous quote"
NEXT_CITATION = "Next quote"
PREVIOUS_PAGE = "Previous page"
NEXT_PAGE = "Next page"
PAGE_OF = "Page {page} of {count}"
COPY_QUOTE = "Copy quote with its source"
COPIED = "Copied."
COPIED_HERE = "Copied. This link works on this computer only. For others: hand over the answer as Word or PDF."
COPY_FAILED = "Copying failed. Select the text and copy it yourself."
CITATION_OF = "Quote {number} of {count}"
OPEN_FULL = "Open on a page of its own"
SHOW_IMAGE = "Image of the page"
IMAGE_ALT = "Image of page {page} of {title}; the quote is highlighted."
NO_IMAGE = "There is no image of this page."
GOES_ON = "The quote continues on another page."
META_PUBLISHER = "Publisher"
META_KIND = "Kind"
META_VALIDITY = "Validity"
META_DATE = "Date"
TECHNICAL = "Technical details"
VERSION_OF = "version"
INDEX_OF = "search index {index}"
DOCUMENTS_OF = "documents of {moment}"
META_STATUS = "Status"
META_OWNER = "Kept by"
META_PAGES = "Pages"
META_HOLDS = "What it says"
ALWAYS = "not stated"
BINDING = "How far it binds (in Dutch): {binding}."
OLD_VERSION = "This is an older version of this document. The answer was made from this version."
NOT_VALID_NOW = "Please note: this document does not hold on {day}."

DOCUMENTS_TITLE = "Documents"
DOCUMENTS_INTRO = (
    "Regelwijzer answers from these documents alone. They are in Dutch. "
    "Documents that are still missing are listed too, with the address where you find them."
)
DOCUMENTS_SEARCH = "Find a document"
DOCUMENTS_NONE = "No document found with these words."
DOCUMENTS_COUNT = "{shown} of {all} documents"
OPEN_DOCUMENT = "Read document"
STATUS_WORDS = {
    "gepubliceerd": "In use",
    "concept": "Draft, not in use yet",
    "ingetrokken": "Withdrawn",
    "ontbreekt": "Still missing",
}
UNREADABLE = "This document could not be read."
UNKNOWN_SOURCE = "This document, or this version of it, is not here."
UNKNOWN_SOURCE_REMEDY = "These documents can be read here (in Dutch): {titles}."

SIGN_IN_FIRST = "You are not signed in."
SIGN_IN_PROXY = "Open Regelwijzer at the address that your organisation gave you."
SIGN_IN_REMEDY = "Sign in and try again."
NOT_ALLOWED = "You may not see or do this."
NOT_ALLOWED_REMEDY = "Ask the administrator for another role if you need this."
NO_ADMIN = "There is no account for an administrator yet."
NO_ADMIN_REMEDY = "Make one first: regelwijzer account add NAME --role admin"
OPEN = "The web chat would be open to others at {host}, without knowing who comes in."
OPEN_REMEDY = "Set web.access to 'accounts' or 'proxy', or listen on 127.0.0.1."
NO_PUBLIC_ADDRESS = "The setting web.addresses is empty."
NO_PUBLIC_ADDRESS_REMEDY = (
    "Name the address there at which others open the web chat, such as 'https://regelwijzer.voorbeeld.nl'."
)

TOO_LARGE = "This is too large to send."
WRONG_HOST = "The web chat cannot be opened at this address."
PASSED_ON = (
    "This request came through a proxy or a tunnel, and this web chat is only for the computer that it runs on. "
    "Set web.access to 'accounts' or 'proxy' to share it with others."
)
TWO_NAMES = "This request names the user twice. Tell the administrator of the proxy."
WRONG_METHOD = "This cannot be done here."
WRONG_ORIGIN = "This request does not come from the page itself and was not carried out."

STARTED = "Regelwijzer is ready at {address} (stop with Ctrl-C)"
PORT_TAKEN = "Port {port} is already in use; perhaps Regelwijzer is running already."
CANNOT_LISTEN = "The web chat cannot listen on {host}, port {port}."
CANNOT_LISTEN_REMEDY = "Choose another port, for example with PORT=7861 make run or regelwijzer serve --port 7861."
STARTED_WITHOUT = "Please note: {problem}"
TRY_AGAIN = "Try again. If it keeps going wrong, tell the administrator."
BAD_REQUEST = "This address or form is not right."
LOGIN_TITLE = "Sign in"
LOGIN_NAME = "User name"
LOGIN_PASSWORD = "Password"
SIGNED_IN_AS = "Signed in as {name}"
ROLES = {"reader": "reader", "keeper": "keeper of the documents", "admin": "administrator"}
USERS_TITLE = "Accounts"
USERS_INTRO = "A reader asks questions. A keeper also sees the feedback. An administrator also manages the accounts."
USERS_LOCAL = (
    "Now only whoever sits at this computer can come in, without signing in. Set web.access to 'accounts' "
    "to work with these accounts."
)
USERS_NONE = "There are no accounts yet."
USER_NEW = "Make an account"
USER_ROLE = "Role"
USER_OPEN = "open"
USER_CLOSED = "closed"
USER_CLOSE = "Close account"
USER_REOPEN = "Reopen"
USER_SET_ROLE = "Save role"
USER_SET_PASSWORD = "Replace password"
USER_PASSWORD_HELP = "12 to 200 characters. A sentence is easy to remember."
USER_PASSWORD_NEW = "New password"
USER_CHANGED = "Saved: {name}."
FEEDBACK_TITLE = "Feedback on answers"
FEEDBACK_INTRO = "What readers thought of the answers, the newest first. It does not say who it was."
FEEDBACK_NONE = "There is no feedback yet."
FEEDBACK_ANSWER = "The answer that was given"
FEEDBACK_ALL = "All"
FEEDBACK_PAGES = "More feedback"
FEEDBACK_NEWER = "Newer feedback"
FEEDBACK_OLDER = "Older feedback"
PRIVACY_TITLE = "Privacy"
ERROR_TITLE = "That does not work now"
NOT_FOUND = "This page does not exist."
NOT_FOUND_REMEDY = "Check the address, or go back to the start."
HOME = "To the start"

STATUSES = {
    "answered": StatusLook("check", "Answered from the documents", ""),
    "partial": StatusLook("half", "Answered in part", ""),
    "not_in_documents": StatusLook("search-off", "Not found in the documents", ""),
    "not_loaded": StatusLook("book-off", "It is in a document that is still missing here", ""),
    "out_of_scope": StatusLook("compass", "This is outside these documents", ""),
    "welcome": StatusLook("compass", "Please ask a question", ""),
    "outdated": StatusLook("clock", "The source does not hold on the reference date", ""),
    "conflict": StatusLook(
        "scales", "The sources do not say the same", "Below you see what each source says and how far it binds."
    ),
    "unsure": StatusLook("half", "Perhaps the answer", "Please check whether the quote is about what you asked."),
    "error": StatusLook("alert", "That does not work now", ""),
    "too_long": StatusLook("long", "Your question is too long", "Make your question shorter than {limit} characters."),
    "too_many": StatusLook("wait", "One moment", "You ask many questions in a row. Try again in {seconds} seconds."),
    "model_down": StatusLook("plug", "The language model does not work now", "You get the answer in literal quotes."),
    "model_unfit": StatusLook("quote", "The answer in literal quotes", "The language model gave no usable answer."),
    "privacy": StatusLook("shield", PERSONAL_TITLE, PERSONAL_TEXT),
    "stopped": StatusLook("stop", "Stopped", "You can ask your question again."),
}

_MONTHS = "January February March April May June July August September October November December".split()


def day(value: date) -> str:
    """A date in words: "1 January 2026"."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def validity(start: date | None, until: date | None) -> str:
    """From when until when something holds, in words."""
    if start and until:
        return f"{day(start)} to {day(until)}"
    if start:
        return f"from {day(start)}"
    return f"until {day(until)}" if until else ALWAYS


def privacy_parts(days: int, model: str, proxy: bool) -> list[tuple[str, list[str]]]:
    """What is kept and what is not, for the settings that hold: headings with their sentences."""
    if model:
        goes = f"Your question and the sentences found go to the language model that the administrator chose: {model}."
    else:
        goes = "Your question stays on this computer or server. No language model and no outside service takes part."
    who = "Your user name comes from the organisation that signs you in." if proxy else ""
    return [
        (
            "What is kept",
            [
                f"Your conversations: the questions, the answers and their sources. They are deleted after {days} days.",
                "Your feedback on an answer, if you give it. The keeper of the documents sees the feedback, the question "
                "and the answer, but not whose feedback it is.",
                "That someone signs in or changes an account, with the name and the time. This is deleted after a year. "
                + who,
            ],
        ),
        (
            "What is not kept",
            [
                "Questions are not written to log files.",
                "Nothing about your use goes to others: no statistics, no fonts or pictures from elsewhere.",
                "A link to an official website opens only when you click it.",
            ],
        ),
        ("Where your question goes", [goes]),
        (
            "Personal data in a question",
            [
                "When Regelwijzer recognises a BSN, e-mail address, phone number, account number, date of birth, address or "
                "name, you see that first. You choose whether the question is sent without those data.",
                "Do not put data of clients in your question. An answer from the documents does not need them.",
                "Regelwijzer does not recognise everything. So read your question again yourself.",
                "In the explanation of a reaction, a word in brackets takes the place of such data.",
            ],
        ),
        (
            "What you can do yourself",
            [
                "You can delete each conversation, or all at once. It is really gone then, with the links to the answers "
                "and the feedback on them. The corpus keeper no longer sees that either.",
                "Whoever has a link to an answer and may sign in can read that answer. So share the link with care.",
            ],
        ),
    ]
