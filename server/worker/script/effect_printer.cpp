#include "server/worker/script/effect_printer.h"

#include "server/engine/schedule.h"
#include "shared/base/value_json.h"

#include <QDateTime>
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
