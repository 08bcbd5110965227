#include "console/models/words.h"

#include "console/models/text.h"

#include <QHash>

namespace cohort::console::words {

using namespace Qt::StringLiterals;

namespace {

struct Entry
{
    const char* word;
    const char* text;
    Tone tone = Tone::Neutral;
};

template <std::size_t N>
Word find(const Entry (&table)[N], const QString& word)
{
    for (const Entry& entry : table) {
        if (word == QLatin1StringView(entry.word))
            return {Models::tr(entry.text), entry.tone};
    }
    return {word, Tone::Neutral};
}

template <std::size_t N>
QStringList wordsOf(const Entry (&table)[N])
{
    QStringList all;
    for (const Entry& entry : table)
        all.append(QString::fromLatin1(entry.word));
    return all;
}

#define WORD(text) QT_TRANSLATE_NOOP("Models", text)

constexpr Entry RoomKinds[] = {{"kitchen", WORD("kitchen")},   {"bathroom", WORD("bathroom")},
                               {"bedroom", WORD("bedroom")},   {"living", WORD("living room")},
                               {"hall", WORD("hall")},         {"entrance", WORD("entrance")},
                               {"toilet", WORD("toilet")},     {"study", WORD("study")},
                               {"basement", WORD("basement")}, {"other", WORD("other room")}};
constexpr Entry DeviceUses[] = {{"stove", WORD("stove")},     {"motion", WORD("motion")},
                                {"door", WORD("door")},       {"front door", WORD("front door")},
                                {"bed", WORD("bed")},         {"toilet", WORD("toilet")},
                                {"fridge", WORD("fridge")},   {"medication", WORD("medication box")},
                                {"lamp", WORD("lamp")},       {"outlet", WORD("outlet")},
                                {"climate", WORD("climate")}, {"meter", WORD("meter")}};
constexpr Entry DeviceTypes[] = {
    {"Smart plug", WORD("Smart plug")},
    {"Gateway", WORD("Gateway")},
    {"Gateway of other makers", WORD("Gateway of other makers")},
    {"Gateway of other makers, second generation", WORD("Gateway of other makers, second generation")},
    {"Temperature and humidity of other makers", WORD("Temperature and humidity of other makers")},
    {"Motion sensor", WORD("Motion sensor")},
    {"Door and drawer contact", WORD("Door and drawer contact")},
    {"Bed sensor", WORD("Bed sensor")},
    {"Toilet sensor", WORD("Toilet sensor")},
    {"Temperature and humidity", WORD("Temperature and humidity")},
    {"Medication box", WORD("Medication box")},
    {"Stove guard", WORD("Stove guard")},
    {"Lamp", WORD("Lamp")},
    {"Call button", WORD("Call button")},
    {"Power meter", WORD("Power meter")},
    {"Pressure mat", WORD("Pressure mat")},
    {"Flush sensor", WORD("Flush sensor")},
    {"Thermometer", WORD("Thermometer")},
    {"Thermostat", WORD("Thermostat")},
    {"Message display", WORD("Message display")},
    {"Other device", WORD("Other device")}};
constexpr Entry Actors[] = {{"operator", WORD("operator %1")},
                            {"participant", WORD("participant %1")},
                            {"script", WORD("script %1")},
                            {"system", WORD("the server")}};

} // namespace

QString roomKind(const QString& kind)
{
    return find(RoomKinds, kind).text;
}
QString roomName(const QString& kind, const QString& name)
{
    return name.isEmpty() || name == kind ? roomKind(kind) : name;
}
QString deviceUse(const QString& use)
{
    return find(DeviceUses, use).text;
}
QString deviceType(const QString& name)
{
    return find(DeviceTypes, name).text;
}
QStringList roomKinds()
{
    return wordsOf(RoomKinds);
}
QStringList deviceUses()
{
    return wordsOf(DeviceUses);
}

QString actor(const QString& actor, const QString& name)
{
    if (!name.isEmpty())
        return name;
    const qsizetype colon = actor.indexOf(u':');
    const Word word = find(Actors, colon < 0 ? actor : actor.left(colon));
    return word.text.contains(u"%1"_s) ? word.text.arg(actor.mid(colon + 1)) : word.text;
}

} // namespace cohort::console::words
