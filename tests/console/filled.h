// A struct of shared/model or shared/protocol with something in every member, by its fields(): for stand-ins and tests.
// Thread: values. Owner: nobody. Flow: filled<T>() → model::toJson → a stand-in's answer; one member is taken away.
#pragma once

#include "shared/base/ids.h"
#include "shared/base/time.h"
#include "shared/base/value.h"
#include "shared/model/fields.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QMap>

#include <algorithm>

namespace cohort::console {

class Filler
{
public:
    template <typename T>
    void operator()(const char* /*name*/, T& member, const char* /*prose*/, model::Rule rule = {})
    {
        fill(member, rule);
    }
    template <typename T>
    void flat(T& member)
    {
        fields(*this, member);
    }
    template <typename T>
    void flat(std::optional<T>& member)
    {
        fields(*this, member.emplace());
    }

private:
    static void fill(bool& member, model::Rule) { member = true; }
    static void fill(int& member, model::Rule rule) { member = std::max(1, static_cast<int>(rule.least)); }
    static void fill(qint64& member, model::Rule rule)
    {
        member = std::max(qint64(1), static_cast<qint64>(rule.least));
    }
    static void fill(double& member, model::Rule rule) { member = std::max(1.5, rule.least); }
    static void fill(QString& member, model::Rule rule)
    {
        member = QString(std::max<qsizetype>(1, static_cast<qsizetype>(rule.least)), QLatin1Char('x'));
    }
    static void fill(Timestamp& member, model::Rule) { member = fromMs(1'767'225'600'000); }
    static void fill(Value& member, model::Rule) { member = Value::ofNumber(1.5); }
    static void fill(QJsonObject& member, model::Rule) { member = {{QStringLiteral("x"), 1}}; }
    static void fill(QJsonArray& member, model::Rule) { member = {1}; }
    static void fill(QJsonValue& member, model::Rule) { member = 1; }
    template <typename Tag>
    static void fill(Id<Tag>& member, model::Rule)
    {
        member.value = 1;
    }
    template <model::Named E>
    static void fill(E& member, model::Rule)
    {
        member = E{};
    }
    template <typename T>
    static void fill(std::optional<T>& member, model::Rule rule)
    {
        fill(member.emplace(), rule);
    }
    template <typename T>
    static void fill(QList<T>& member, model::Rule)
    {
        member.clear();
        fill(member.emplaceBack(), {});
    }
    template <typename T>
    static void fill(QMap<QString, T>& member, model::Rule)
    {
        fill(member[QStringLiteral("x")], {});
    }
    template <typename T>
    requires(std::is_class_v<T>&& requires(Filler& f, T& t) { fields(f, t); }) static void fill(T& member, model::Rule)
    {
        Filler inner;
        fields(inner, member);
    }
};

template <typename T>
T filled()
{
    T noun{};
    Filler filler;
    fields(filler, noun);
    return noun;
}

} // namespace cohort::console
