#include "server/worker/script/effect_printer.h"

#include "server/engine/schedule.h"
#include "shared/base/value_json.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

#include <algorithm>

namespace cohort::worker {
namespace {

using engine::EffectKind;

QString compact(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString asText(const QJsonValue& value)
{
    if (value.isString())
        return value.toString();
    if (!value.isDouble())
        return value.toVariant().toString();
    const auto whole = wholeOf(valueOfJson(value).value_or(Value::none()));
    return whole ? QString::number(*whole) : QString::number(value.toDouble(), 'g', 15);
}

// What a command or an action sets: outletStatus=0, or brightness[1]=30 of one with an index.
QString settings(const QJsonObject& owner)
{
    QStringList parts;
    for (const auto& one : owner.value(QStringLiteral("parameters")).toArray()) {
        const QJsonObject set = one.toObject();
        const QString index = set.value(QStringLiteral("index")).toString();
        parts.append(set.value(QStringLiteral("name")).toString() +
                     (index.isEmpty() ? QString() : QStringLiteral("[%1]").arg(index)) + QLatin1Char('=') +
                     asText(set.value(QStringLiteral("value"))));
    }
    return parts.join(QLatin1Char(' '));
}

// Whom it is for, and after how long: to=resident,caregiver+5m.
QString recipients(const QJsonObject& payload)
{
    QStringList listed;
    for (const auto& one : payload.value(QStringLiteral("to")).toArray()) {
        const QJsonObject to = one.toObject();
        const qint64 after = to.value(QStringLiteral("after_ms")).toInteger();
        listed.append(to.value(QStringLiteral("role")).toString() + (after == 0 ? QString()
                                                                     : after % 60'000 == 0
                                                                         ? QStringLiteral("+%1m").arg(after / 60'000)
                                                                         : QStringLiteral("+%1ms").arg(after)));
    }
    return listed.isEmpty() ? QString() : QStringLiteral("to=") + listed.join(QLatin1Char(','));
}

// What people can press: actions=off(stove outletStatus=0), choices=yes,no.
QString offered(const QJsonObject& payload, const QString& member)
{
    QStringList listed;
    for (const auto& one : payload.value(member).toArray()) {
        const QJsonObject offer = one.toObject();
        const QString device = offer.value(QStringLiteral("device")).toString();
        listed.append(offer.value(QStringLiteral("key")).toString() +
                      (device.isEmpty() ? QString() : QStringLiteral("(%1 %2)").arg(device, settings(offer))));
    }
    return listed.isEmpty() ? QString() : member + QLatin1Char('=') + listed.join(QLatin1Char(','));
}

QString dataOf(const QJsonObject& payload)
{
    const QJsonValue data = payload.value(QStringLiteral("data"));
    if (data.isUndefined() || data.isNull())
        return {};
    const QByteArray listed = QJsonDocument(QJsonArray{data}).toJson(QJsonDocument::Compact);
    return QStringLiteral("data=") + QString::fromUtf8(listed.mid(1, listed.size() - 2));
}

// The rest of a line of text, by what people look for first.
QString summary(const QJsonObject& payload)
{
    QStringList parts;
    for (const char* member : {"key", "name", "value", "device", "after_ms", "severity"}) {
        const QJsonValue value = payload.value(QLatin1String(member));
        if (!value.isUndefined() && !value.isNull())
            parts.append(QStringLiteral("%1=%2").arg(QLatin1String(member), asText(value)));
    }
    const QJsonObject text = payload.value(QStringLiteral("text")).toObject();
    if (!text.isEmpty()) {
        const QString english = text.value(QStringLiteral("en")).toString();
        parts.append(QLatin1Char('"') + (english.isEmpty() ? text.begin()->toString() : english) + QLatin1Char('"'));
    }
    parts << settings(payload) << recipients(payload) << offered(payload, QStringLiteral("actions"))
          << offered(payload, QStringLiteral("choices")) << dataOf(payload);
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

} // namespace

EffectPrinter::EffectPrinter(const engine::HomeInfo& home, bool json)
    : m_zone(engine::zoneOf(home.timeZone)), m_json(json)
{
}

QString EffectPrinter::timeOf(Timestamp time) const
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(toMs(time), m_zone);
    // A moment with an offset, since Qt writes none for a zone.
    return moment.toOffsetFromUtc(moment.offsetFromUtc())
        .toString(toMs(time) % 1'000 == 0 ? Qt::ISODate : Qt::ISODateWithMs);
}

bool EffectPrinter::changesSomething(EffectKind kind, const QString& key, const std::vector<engine::Timer>& timers)
{
    if (kind == EffectKind::Alert) {
        const bool isNew = !m_open.contains(key);
        m_open.insert(key);
        return isNew;
    }
    if (kind == EffectKind::ResolveAlert)
        return m_open.remove(key);
    return kind != EffectKind::CancelTimer || std::any_of(timers.begin(), timers.end(), [&key](const auto& timer) {
               return timer.name == key.toStdString();
           });
}

void EffectPrinter::print(const engine::Run& run, const std::string& handler, const engine::Effect& effect,
                          const std::vector<engine::Timer>& timers)
{
    const QJsonObject payload = QJsonDocument::fromJson(QByteArray::fromStdString(effect.payload)).object();
    const bool named = effect.kind == EffectKind::CancelTimer;
    const QString key = payload.value(named ? QStringLiteral("name") : QStringLiteral("key")).toString();
    if (!changesSomething(effect.kind, key, timers))
        return;
    const auto own = fromIso(payload.value(QStringLiteral("time")).toString().toStdString());
    const Timestamp time = effect.kind == EffectKind::SetFact && own ? *own : run.now;
    const QString kind = model::textOf(effect.kind);
    const QString name = QString::fromStdString(handler);
    if (m_json)
        m_lines.push_back({time, jsonLine(time, run, kind, name, payload)});
    else
        m_lines.push_back({time, QStringLiteral("%1 %2 %3 (%4)").arg(timeOf(time), kind, summary(payload), name)});
}

QString EffectPrinter::jsonLine(Timestamp time, const engine::Run& run, const QString& kind, const QString& handler,
                                QJsonObject payload) const
{
    payload.insert(QStringLiteral("time"), timeOf(time));
    payload.insert(QStringLiteral("kind"), kind);
    payload.insert(QStringLiteral("handler"), handler);
    if (time != run.now)
        payload.insert(QStringLiteral("set_at"), timeOf(run.now));
    return compact(payload);
}

void EffectPrinter::print(QTextStream& out)
{
    std::stable_sort(m_lines.begin(), m_lines.end(), [](const Line& a, const Line& b) { return a.time < b.time; });
    for (const Line& line : m_lines)
        out << line.text << '\n';
    m_lines.clear();
}

} // namespace cohort::worker
