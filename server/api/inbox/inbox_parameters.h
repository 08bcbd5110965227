// What the participants' page sends, a struct for each body. Thread: values. Owner: a request.
// Flow: the page's JavaScript → /inbox/… → here → InboxRow's work.
#pragma once

#include "shared/base/limits.h"
#include "shared/model/place.h"

#include <QJsonValue>

namespace cohort::api {

using namespace model::rules;
using model::Of;

constexpr int OnceMost = 64; // characters

struct InboxEnrol
{
    QString code;
    QString username;
    QString password;
    std::optional<model::Language> language;
};
template <typename V, Of<InboxEnrol> T>
void fields(V& visit, T& wanted)
{
    visit("code", wanted.code, "The code of the invitation.", characters(1, EnrolmentCodeMost));
    visit("username", wanted.username, "With which to sign in from now on.", characters(1, UserNameMost));
    visit("password", wanted.password, "The password.", characters(1, PasswordMost).secret());
    visit("language", wanted.language, "The person's language; the invitation's where it is left out.");
}

struct InboxSignIn
{
    QString username;
    QString password;
};
template <typename V, Of<InboxSignIn> T>
void fields(V& visit, T& wanted)
{
    visit("username", wanted.username, "The person's name for this page.", characters(1, UserNameMost));
    visit("password", wanted.password, "The password.", characters(1, PasswordMost).secret());
}

struct InboxAct
{
    AlertId alert;
    qint64 action = 0;
};
template <typename V, Of<InboxAct> T>
void fields(V& visit, T& wanted)
{
    visit("alert", wanted.alert, "Which alert.");
    visit("action", wanted.action, "Which of its actions.", between(1, 9e15));
}

struct InboxActed
{
    CommandId command; // none: the action is an answer alone
};
template <typename V, Of<InboxActed> T>
void fields(V& visit, T& acted)
{
    visit("command", acted.command, "The command that was made; null where the action is an answer alone.", orNone());
}

// Dismisses it, or takes care of it.
struct InboxOnAlert
{
    AlertId alert;
};
template <typename V, Of<InboxOnAlert> T>
void fields(V& visit, T& wanted)
{
    visit("alert", wanted.alert, "Which alert.");
}

struct InboxRead
{
    QList<MessageId> messages;
};
template <typename V, Of<InboxRead> T>
void fields(V& visit, T& wanted)
{
    visit("messages", wanted.messages, "Which messages.", entries(1, 2 * InboxMessagesMost));
}

struct InboxLanguage
{
    model::Language language = model::Language::English;
};
template <typename V, Of<InboxLanguage> T>
void fields(V& visit, T& wanted)
{
    visit("language", wanted.language, "In which the person is written to from now on.");
}

struct InboxReply
{
    MessageId message;
    QJsonValue answer;
};
template <typename V, Of<InboxReply> T>
void fields(V& visit, T& wanted)
{
    visit("message", wanted.message, "Which question.");
    visit("answer", wanted.answer, "The answer: a text, or a number where one is asked for.");
}

struct InboxWrite
{
    QString text;
    std::optional<QString> once;
};
template <typename V, Of<InboxWrite> T>
void fields(V& visit, T& wanted)
{
    visit("text", wanted.text, "What to write.", characters(1, WrittenCharactersMost).secret());
    visit("once", wanted.once, "What the page calls it: sent again under the same name it is the same message.",
          characters(1, OnceMost));
}

struct InboxWritten
{
    MessageId message;
};
template <typename V, Of<InboxWritten> T>
void fields(V& visit, T& written)
{
    visit("message", written.message, "The message that was made.");
}

} // namespace cohort::api
