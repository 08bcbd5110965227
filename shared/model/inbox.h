// What the participants' page shows one person. Thread: values. Owner: a request of the page.
// Flow: alert, command, message → repositories → /inbox/… → the page's JavaScript. Source: study.md, "Messages",
// "Alerts".
#pragma once

#include "shared/model/alert.h"
#include "shared/model/message.h"

namespace cohort::model {

struct InboxPerson
{
    ParticipantId id;
    QString code;                // the pseudonym
    std::optional<QString> name; // nothing: unknown
    Language language = Language::English;
    QStringList locations; // the homes' names
    QString timeZone;      // of the first of them
    bool rests = false;    // nothing is asked or offered meanwhile
};
template <typename V, Of<InboxPerson> T>
void fields(V& visit, T& person)
{
    visit("id", person.id, "The person: what the page sends says for whom it is meant.");
    visit("code", person.code, "The person's pseudonym.");
    visit("name", person.name, "The person's name, or null.");
    visit("language", person.language, "The language in which the person is written to.");
    visit("locations", person.locations, "The names of the homes where the person has a role.");
    visit("timeZone", person.timeZone, "In which times are told: the first home's; empty where there is none.");
    visit("rests", person.rests, "Whether the participation rests: then nothing is asked or offered.");
}

struct InboxAction
{
    qint64 id = 0;
    QString text; // in the person's language
    bool isCommand = false;
};
template <typename V, Of<InboxAction> T>
void fields(V& visit, T& action)
{
    visit("id", action.id, "The action, for /inbox/act.");
    visit("text", action.text, "What it says, in the person's language.");
    visit("isCommand", action.isCommand, "Whether it sends a command to a device; else it is an answer alone.");
}

// Who did something about an alert, without saying which person.
enum class InboxActor : std::uint8_t { Resident, Caregiver, Supporter, Student, Participant, Coordinator };
constexpr auto enumNames(InboxActor)
{
    return std::array{"resident", "caregiver", "supporter", "student", "participant", "coordinator"};
}

struct InboxAnswer
{
    Timestamp at;
    AnswerKind answer = AnswerKind::Act;
    std::optional<qint64> action;
    bool own = false;
    InboxActor who = InboxActor::Participant;
};
template <typename V, Of<InboxAnswer> T>
void fields(V& visit, T& answer)
{
    visit("at", answer.at, "When.");
    visit("answer", answer.answer, "What was done.");
    visit("action", answer.action, "The action that was taken, or null.");
    visit("own", answer.own, "Whether it was the person who asks.");
    visit("who", answer.who, "The role of who it was.");
}

struct InboxCommand
{
    CommandState state = CommandState::Queued;
    bool sent = false;
};
template <typename V, Of<InboxCommand> T>
void fields(V& visit, T& command)
{
    visit("state", command.state, "How far it is.");
    visit("sent", command.sent, "Whether it was written to the device's channel.");
}

struct InboxAlert
{
    AlertId id;
    Severity severity = Severity::Normal;
    AlertState state = AlertState::Open;
    Timestamp at;     // the home's time
    QString location; // the home's name
    QString timeZone; // the home's
    QString text;     // in the person's language
    QList<InboxAction> actions;
    QList<InboxAnswer> answers;          // without comments; the newest hundred, oldest first
    std::optional<InboxCommand> command; // the newest
};
template <typename V, Of<InboxAlert> T>
void fields(V& visit, T& alert)
{
    visit("id", alert.id, "The alert.");
    visit("severity", alert.severity, "How urgent it is.");
    visit("state", alert.state, "How far it is.");
    visit("at", alert.at, "Since when it is so, by the home's clock.");
    visit("location", alert.location, "The home's name.");
    visit("timeZone", alert.timeZone, "The home's time zone, in which its times are told.");
    visit("text", alert.text, "What it says, in the person's language.");
    visit("actions", alert.actions, "What can be done about it.");
    visit("answers", alert.answers, "What people did about it: the newest hundred, oldest first.");
    visit("command", alert.command, "The newest command that its actions sent, or null.");
}

struct InboxMessage
{
    MessageId id;
    MessageDirection direction = MessageDirection::ToParticipant;
    MessageKind kind = MessageKind::Message;
    QString text;
    std::optional<Question> question;
    std::optional<Answer> answer;
    std::optional<QString> once;
    MessageLife life;
};
template <typename V, Of<InboxMessage> T>
void fields(V& visit, T& message)
{
    visit("id", message.id, "The message.");
    visit("direction", message.direction, "Whether it went to the person or came from them.");
    visit("kind", message.kind, "Whether it asks for an answer.");
    visit("text", message.text, "What it says.");
    visit("question", message.question, "What is asked, or null.");
    visit("answer", message.answer, "What the person answered, or null.");
    visit("once", message.once, "What the page called it when it sent it, or null.");
    visit.flat(message.life);
}

struct InboxItems
{
    InboxPerson participant;
    QList<InboxAlert> alerts;     // open ones first, then urgent ones, then the newest
    QList<InboxMessage> messages; // the newest hundred and the questions that wait for an answer, oldest first
};
template <typename V, Of<InboxItems> T>
void fields(V& visit, T& items)
{
    visit("participant", items.participant, "Who asks.");
    visit("alerts", items.alerts, "Open ones that have reached the person, and those that ended lately.");
    visit("messages", items.messages, "The newest hundred, and all questions that wait for an answer, oldest first.");
}

// What opened a session: the token goes into the cookie, never into the answer's body.
struct InboxSession
{
    QString token;
    Timestamp expires;
};
template <typename V, Of<InboxSession> T>
void fields(V& visit, T& session)
{
    visit("token", session.token, "The session's token.", secret());
    visit("expires", session.expires, "Until when it works.");
}

} // namespace cohort::model
