#include "tests/kit/damage.h"

#include <functional>

namespace cohort::testkit {

using namespace Qt::Literals::StringLiterals;
using model::Field;
using model::Kind;

namespace {

// A value of another kind than the member's; undefined where every kind fits.
QJsonValue otherKind(const Field& field)
{
    switch (field.kind) {
    case Kind::Text:
    case Kind::Time:
    case Kind::Choice:
        return 7;
    case Kind::Value:
        return QJsonArray{1};
    case Kind::Any:
        return QJsonValue::Undefined;
    default:
        return u"another kind"_s;
    }
}

QJsonObject damaged(QJsonObject object, const Field& field, Damage damage)
{
    const auto name = QString::fromLatin1(field.name);
    const QJsonValue value = object.take(name);
    if (damage == Damage::Renamed)
        object.insert(name + u"Renamed"_s, value);
    if (damage == Damage::Retyped)
        object.insert(name, otherKind(field));
    return object;
}

// From a part with a damage to the whole answer with it.
using Whole = std::function<QJsonObject(const QJsonValue&)>;

struct Walk
{
    std::vector<Damaged> found{};

    void members(const std::vector<Field>& fields, const QJsonObject& object, const QString& path, const Whole& whole)
    {
        for (const auto& field : fields) {
            const auto name = QString::fromLatin1(field.name);
            if (!object.contains(name))
                continue;
            for (const Damage damage : {Damage::TakenAway, Damage::Renamed, Damage::Retyped})
                if (damage != Damage::Retyped || !otherKind(field).isUndefined())
                    found.push_back({path + name, damage, whole(damaged(object, field, damage))});
            inside(field, object.value(name), path + name, [&](const QJsonValue& inner) {
                QJsonObject changed = object;
                changed.insert(name, inner);
                return whole(changed);
            });
        }
    }

    // The members inside a member.
    void inside(const Field& field, const QJsonValue& value, const QString& path, const Whole& whole)
    {
        if (field.kind == Kind::Struct && value.isObject())
            return members(field.of, value.toObject(), path + u'.', whole);
        if (field.kind == Kind::List && !value.toArray().isEmpty())
            inside(field.of.front(), value.toArray().first(), path + u"[0]"_s, [&](const QJsonValue& entry) {
                QJsonArray list = value.toArray();
                list.replace(0, entry);
                return whole(list);
            });
        if (field.kind == Kind::Map && !value.toObject().isEmpty()) {
            const QString key = value.toObject().keys().first();
            inside(field.of.front(), value.toObject().value(key), path + u'.' + key, [&](const QJsonValue& entry) {
                QJsonObject map = value.toObject();
                map.insert(key, entry);
                return whole(map);
            });
        }
    }
};

} // namespace

std::vector<Damaged> damagesOf(const std::vector<Field>& fields, const QJsonObject& answer)
{
    Walk walk;
    walk.members(fields, answer, {}, [](const QJsonValue& value) { return value.toObject(); });
    return walk.found;
}

std::optional<QJsonObject> damagedAt(const std::vector<Field>& fields, const QJsonObject& answer, const QString& path,
                                     Damage damage)
{
    for (const auto& one : damagesOf(fields, answer))
        if (one.path == path && one.damage == damage)
            return one.answer;
    return std::nullopt;
}

} // namespace cohort::testkit
