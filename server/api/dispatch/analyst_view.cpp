#include "server/api/dispatch/analyst_view.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <utility>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

// What people wrote, in the event that a run was for; it is put out of the event.
struct Written
{
    bool isPassedOn = false; // timers and signals carry what the run that started them was told
    QStringList texts;

    QJsonObject without(QJsonObject event)
    {
        for (auto member = event.begin(); member != event.end(); ++member)
            member.value() = without(member.key(), member.value());
        return event;
    }
    QJsonValue without(const QString& name, const QJsonValue& value)
    {
        if (value.isObject())
            return without(value.toObject());
        if (value.isArray()) {
            QJsonArray parts;
            for (const auto& part : value.toArray())
                parts.append(without(name, part));
            return parts;
        }
        if (!value.isString() || !isText(name, value.toString()))
            return value;
        texts.append(value.toString());
        return HiddenText;
    }

private:
    bool isText(const QString& name, const QString& text) const
    {
        static const QStringList ofPeople{u"text"_s, u"answer"_s, u"comment"_s, u"value"_s};
        // Under a name of the script's own, words that may be a key are left: sentences are not.
        return ofPeople.contains(name) || (isPassedOn && text.trimmed().contains(u' '));
    }
};

bool isOfPeople(const QJsonObject& trigger)
{
    static const QStringList kinds{u"participant_message"_s, u"question_answered"_s, u"alert_answered"_s};
    return kinds.contains(trigger.value("kind"_L1).toString());
}

bool isPassedOn(const QJsonObject& trigger)
{
    return trigger.contains("data"_L1) &&
           QStringList{u"timer"_s, u"signal"_s}.contains(trigger.value("kind"_L1).toString());
}

struct Word
{
    qsizetype begin = 0, end = 0;
    QString text; // in small letters
};

QList<Word> wordsOf(const QString& text)
{
    static const QRegularExpression word(u"\\w+"_s, QRegularExpression::UseUnicodePropertiesOption);
    QList<Word> words;
    for (auto found = word.globalMatch(text); found.hasNext();) {
        const auto one = found.next();
        words.append({one.capturedStart(), one.capturedEnd(), one.captured().toLower()});
    }
    return words;
}

// A line without what people wrote, however the script changed its case or cut it: words of four letters and more, two
// in their order, and the only one.
QString without(QString line, const QStringList& written)
{
    constexpr qsizetype Telling = 4;
    QSet<QString> known;
    for (const QString& one : written) {
        const auto words = wordsOf(one);
        if (words.isEmpty() && !one.trimmed().isEmpty())
            line.replace(one.trimmed(), HiddenText);
        for (qsizetype i = 0; i < words.size(); ++i) {
            if (words.size() == 1 || words[i].text.size() >= Telling)
                known.insert(words[i].text);
            if (i > 0)
                known.insert(words[i - 1].text + u' ' + words[i].text);
        }
    }
    const auto words = wordsOf(line);
    const auto isPair = [&](qsizetype i) {
        return i > 0 && i < words.size() && known.contains(words[i - 1].text + u' ' + words[i].text);
    };
    const auto isHidden = [&](qsizetype i) { return known.contains(words[i].text) || isPair(i) || isPair(i + 1); };
    for (qsizetype last = words.size() - 1; last >= 0; --last) {
        if (!isHidden(last))
            continue;
        qsizetype first = last;
        while (first > 0 && isHidden(first - 1))
            --first;
        line.replace(words[first].begin, words[last].end - words[first].begin, HiddenText);
        last = first;
    }
    return line;
}

// A line without the home's name, which a script can print: its code instead, and no longer word of the name.
QString withoutHome(QString line, const QString& name, const QString& code)
{
    constexpr qsizetype Telling = 5; // not "home"
    if (name.trimmed().isEmpty())
        return line;
    line.replace(name, code, Qt::CaseInsensitive);
    QStringList telling;
    for (const Word& word : wordsOf(name))
        if (word.text.size() >= Telling)
            telling.append(word.text);
    return without(line, telling);
}

// Why a script does not run, where an error may repeat what somebody wrote: its line and kind.
QString withoutReason(QString why)
{
    static const QRegularExpression place(u"^.*?\\bline \\d+: (?:\\w+: )?"_s), quoted(u"'[^']*'|\"[^\"]*\""_s);
    if (const auto found = place.match(why); found.hasMatch())
        return found.captured() + HiddenText;
    return why.replace(quoted, HiddenText);
}

// The finished texts of an effect, by language: their languages stay.
template <typename Cleaned>
QJsonValue withoutTexts(const QJsonValue& value, const Cleaned& cleaned)
{
    if (value.isString())
        return cleaned(value.toString());
    if (value.isArray()) {
        QJsonArray all;
        for (const auto& entry : value.toArray())
            all.append(withoutTexts(entry, cleaned));
        return all;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const bool isText = member.key() == u"text"_s || member.key() == u"texts"_s;
        if (isText && member.value().isString())
            member.value() = HiddenText;
        else if (isText && member.value().isObject()) {
            auto texts = member.value().toObject();
            for (auto language = texts.begin(); language != texts.end(); ++language)
                language.value() = HiddenText;
            member.value() = texts;
        } else {
            member.value() = withoutTexts(member.value(), cleaned);
        }
    }
    return object;
}

void hideIfThere(QString& text)
{
    if (!text.isEmpty())
        text = HiddenText;
}

} // namespace

QString homeCode(LocationId location)
{
    return location ? u"H-%1"_s.arg(location.value) : QString();
}

void hide(model::Room& room)
{
    room.name = room.kind;
}

void hide(model::Location& location)
{
    location.name = homeCode(location.id);
}

void hide(model::ParticipantRole& role)
{
    role.locationName = homeCode(role.location);
}

void hide(model::DevicePlace& place)
{
    place.locationName = homeCode(place.location);
}

void hide(model::Device& device)
{
    device.description.clear();
}

void hide(model::LeftStream& left)
{
    left.deviceDescription.clear();
}

void hide(model::AlertOrigin& origin)
{
    origin.locationName = homeCode(origin.location);
}

void hide(model::Alert& alert)
{
    hideIfThere(alert.text);
    alert.texts.clear();
    alert.actions.clear();
    alert.recipients.clear();
    alert.answers.clear();
}

void hide(model::Command& command)
{
    hideIfThere(command.comment);
}

void hide(model::TimelineEntry& entry)
{
    switch (entry.kind) {
    case model::TimelineKind::Alert:
    case model::TimelineKind::AlertAnswer:
    case model::TimelineKind::Message:
        return hideIfThere(entry.text);
    case model::TimelineKind::Run: // "script: why", where why may repeat what somebody wrote
        entry.text = entry.text.section(u": "_s, 0, 0);
        return;
    default:
        return;
    }
}

void hide(model::Run& run)
{
    const QString name = std::exchange(run.locationName, homeCode(run.location));
    Written written{.isPassedOn = isPassedOn(run.trigger), .texts = {}};
    if (isOfPeople(run.trigger))
        run.trigger = written.without(run.trigger);
    else if (written.isPassedOn)
        run.trigger[u"data"_s] = written.without(u"data"_s, run.trigger.value("data"_L1));
    const auto cleaned = [&](const QString& line) {
        return withoutHome(without(line, written.texts), name, homeCode(run.location));
    };
    run.outcome.because = cleaned(run.outcome.because);
    run.outcome.error = cleaned(run.outcome.error);
    for (QString& line : run.outcome.log)
        line = cleaned(line);
    for (auto& effect : run.outcome.effects)
        effect.payload = withoutTexts(effect.payload, cleaned).toObject();
}

void hide(model::ScriptDeployment& placed)
{
    placed.locationName = homeCode(placed.location);
}

void hide(model::ScriptFigures& figures)
{
    figures.lastError = withoutReason(figures.lastError);
}

void hide(model::ScriptInstance& instance)
{
    instance.locationName = homeCode(instance.location);
    instance.detail = withoutReason(instance.detail);
}

void hide(model::Suitability& home)
{
    home.name = homeCode(home.location);
}

} // namespace cohort::api
