// What was done, as the audit log has it: operations of the protocol, and what people do on their own page.
#include "console/models/word_table.h"

namespace cohort::console::words {

using namespace Qt::StringLiterals;

namespace {

struct Deed
{
    const char* name;
    const char* text;
};
constexpr Deed Deeds[] = {
    {"session.signIn", WORD("signed in")},
    {"session.signInFailed", WORD("could not sign in")},
    {"session.firstAdmin", WORD("became the first administrator")},
    {"session.resume", WORD("went on with a session")},
    {"session.signOut", WORD("signed out")},
    {"session.changePassword", WORD("changed the own password")},
    {"server.info", WORD("asked what server this is")},
    {"subscribe", WORD("began to hear of changes")},
    {"unsubscribe", WORD("stopped hearing of changes")},
    {"deployment.list", WORD("looked at the deployments")},
    {"deployment.create", WORD("made a deployment")},
    {"deployment.update", WORD("changed a deployment")},
    {"location.list", WORD("looked at the homes")},
    {"location.get", WORD("looked at a home")},
    {"location.create", WORD("made a home")},
    {"location.update", WORD("changed a home")},
    {"location.retire", WORD("retired a home")},
    {"room.create", WORD("made a room")},
    {"room.update", WORD("changed a room")},
    {"room.remove", WORD("removed a room")},
    {"participant.list", WORD("looked at the participants")},
    {"participant.get", WORD("looked at a participant")},
    {"participant.create", WORD("enrolled a participant")},
    {"participant.enrol", WORD("took up the own enrolment code")},
    {"participant.enrolmentCode", WORD("made an enrolment code")},
    {"participant.update", WORD("changed a participant")},
    {"participant.end", WORD("ended a participation")},
    {"device.types", WORD("looked at the types of devices")},
    {"device.list", WORD("looked at the devices")},
    {"device.get", WORD("looked at a device")},
    {"device.register", WORD("registered a device")},
    {"device.update", WORD("changed a device")},
    {"device.move", WORD("a device moved behind another gateway")},
    {"device.newToken", WORD("made a device's token")},
    {"device.revokeTokens", WORD("ended a device's tokens")},
    {"device.retire", WORD("retired a device")},
    {"device.command", WORD("sent a command")},
    {"command.cancel", WORD("took a command back")},
    {"command.list", WORD("looked at the commands")},
    {"command.get", WORD("looked at a command")},
    {"measurement.query", WORD("looked at measurements")},
    {"measurement.export", WORD("exported measurements")},
    {"measurement.import", WORD("imported measurements")},
    {"stream.update", WORD("changed a stream")},
    {"fact.query", WORD("looked at facts")},
    {"timeline.query", WORD("looked at a timeline")},
    {"library.list", WORD("looked at the library")},
    {"library.install", WORD("installed a script of the library")},
    {"script.create", WORD("made a script")},
    {"script.list", WORD("looked at the scripts")},
    {"script.get", WORD("looked at a script")},
    {"script.versions", WORD("looked at a script's versions")},
    {"script.version", WORD("looked at a version of a script")},
    {"script.check", WORD("checked a script")},
    {"script.saveVersion", WORD("saved a version of a script")},
    {"script.deploy", WORD("deployed a script")},
    {"script.pause", WORD("paused a script")},
    {"script.resume", WORD("let a script go on")},
    {"script.rollback", WORD("rolled a script back")},
    {"script.undeploy", WORD("took a script off")},
    {"script.retire", WORD("retired a script")},
    {"script.diff", WORD("compared versions of a script")},
    {"script.setParameters", WORD("set a script's parameters")},
    {"script.runs", WORD("looked at a script's runs")},
    {"alert.list", WORD("looked at the alerts")},
    {"alert.get", WORD("looked at an alert")},
    {"alert.acknowledge", WORD("takes care of an alert")},
    {"alert.resolve", WORD("resolved an alert")},
    {"alert.dismiss", WORD("dismissed an alert")},
    {"alert.comment", WORD("noted something on an alert")},
    {"alert.act", WORD("took an alert's action")},
    {"message.list", WORD("looked at a conversation")},
    {"message.conversations", WORD("looked at the conversations")},
    {"message.read", WORD("read what a participant wrote")},
    {"message.send", WORD("wrote to a participant")},
    {"message.write", WORD("wrote a message")},
    {"question.ask", WORD("asked a participant")},
    {"question.answer", WORD("answered a question")},
    {"question.answers", WORD("looked at the answers")},
    {"operator.list", WORD("looked at the operators")},
    {"operator.add", WORD("added an operator")},
    {"operator.update", WORD("changed an operator")},
    {"server.list", WORD("looked at the servers")},
    {"metrics.query", WORD("looked at the servers' figures")},
    {"audit.query", WORD("looked at the audit log")},
    {"overview.get", WORD("looked at the overview")},
};
constexpr Deed Objects[] = {
    {"deployment", WORD("deployment %1")},
    {"location", WORD("home %1")},
    {"room", WORD("room %1")},
    {"participant", WORD("participant %1")},
    {"device", WORD("device %1")},
    {"command", WORD("command %1")},
    {"stream", WORD("stream %1")},
    {"script", WORD("script %1")},
    {"version", WORD("version %1")},
    {"alert", WORD("alert %1")},
    {"message", WORD("message %1")},
    {"operator", WORD("operator %1")},
};

template <std::size_t N>
const char* find(const Deed (&table)[N], const QString& name)
{
    for (const Deed& deed : table) {
        if (name == QLatin1StringView(deed.name))
            return deed.text;
    }
    return nullptr;
}

} // namespace

QString deed(const QString& operation)
{
    const char* text = find(Deeds, operation);
    return text ? Models::tr(text) : operation; // a newer server's
}

QString object(const QString& object)
{
    const qsizetype colon = object.indexOf(u':');
    const char* text = colon < 0 ? nullptr : find(Objects, object.left(colon));
    return text ? Models::tr(text).arg(object.mid(colon + 1)) : object;
}

} // namespace cohort::console::words
