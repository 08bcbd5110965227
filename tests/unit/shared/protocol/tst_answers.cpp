// Every answer as a real server gave it (the document's examples), damaged member by member: what reads it names the member.
#include "shared/protocol/operation.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <functional>

using namespace cohort;
using namespace cohort::protocol;
using namespace Qt::Literals::StringLiterals;
using model::Field;
using model::Kind;

namespace {

enum class Damage { TakenAway, Renamed, Retyped };

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

// Called with the whole answer in which one member is damaged, and that member's path.
using Whole = std::function<QJsonObject(const QJsonValue&)>;
using Visit = std::function<void(const QJsonObject&, const QString&)>;

void damageEach(const std::vector<Field>& fields, const QJsonObject& object, const QString& path, const Whole& whole,
                const Visit& visit);

// The members inside a member: of a part, of a list's first entry, of a map's first.
void damageInside(const Field& field, const QJsonValue& value, const QString& path, const Whole& whole,
                  const Visit& visit)
{
    if (field.kind == Kind::Struct && value.isObject())
        damageEach(field.of, value.toObject(), path + u'.', whole, visit);
    else if (field.kind == Kind::List && !value.toArray().isEmpty())
        damageInside(
            field.of.front(), value.toArray().first(), path + u"[0]"_s,
            [&](const QJsonValue& entry) {
                QJsonArray list = value.toArray();
                list.replace(0, entry);
                return whole(list);
            },
            visit);
    else if (field.kind == Kind::Map && !value.toObject().isEmpty()) {
        const QString key = value.toObject().keys().first();
        damageInside(
            field.of.front(), value.toObject().value(key), path + u'.' + key,
            [&](const QJsonValue& entry) {
                QJsonObject map = value.toObject();
                map.insert(key, entry);
                return whole(map);
            },
            visit);
    }
}

void damageEach(const std::vector<Field>& fields, const QJsonObject& object, const QString& path, const Whole& whole,
                const Visit& visit)
{
    for (const auto& field : fields) {
        const auto name = QString::fromLatin1(field.name);
        if (field.isFlat && !object.contains(name))
            continue;
        for (const Damage damage : {Damage::TakenAway, Damage::Renamed, Damage::Retyped})
            if (damage != Damage::Retyped || !otherKind(field).isUndefined())
                visit(whole(damaged(object, field, damage)), path + name);
        damageInside(
            field, object.value(name), path + name,
            [&](const QJsonValue& inner) {
                QJsonObject changed = object;
                changed.insert(name, inner);
                return whole(changed);
            },
            visit);
    }
}

QJsonArray examples()
{
    QFile file(QStringLiteral(COHORT_SOURCE_DIR "/server/api/dispatch/page/examples.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).array() : QJsonArray();
}

} // namespace

class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachDamagedMemberIsNamed_data()
    {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<QJsonObject>("answer");
        const auto all = examples();
        QVERIFY(all.size() > 300);
        for (const auto& example : all)
            if (example["status"_L1].toInt() == 200)
                QTest::addRow("%s, %s", qPrintable(example["operation"_L1].toString()),
                              qPrintable(example["name"_L1].toString()))
                    << example["operation"_L1].toString() << example["answer"_L1].toObject();
    }

    void eachDamagedMemberIsNamed()
    {
        QFETCH(QString, operation);
        QFETCH(QJsonObject, answer);
        const auto* row = findOperation(operation.toStdString());
        QVERIFY(row != nullptr);
        const auto whole = row->checkResult(answer);
        QVERIFY2(whole.has_value(), whole ? "" : qPrintable(whole.error().detail));
        int count = 0;
        const auto visit = [&](const QJsonObject& broken, const QString& path) {
            const auto read = row->checkResult(broken);
            QVERIFY2(!read.has_value(), qPrintable(u"nobody misses "_s + path));
            QVERIFY2(read.error().detail.contains(u'\'' + path + u'\''),
                     qPrintable(path + u": "_s + read.error().detail));
            ++count;
        };
        damageEach(
            row->result, answer, {}, [](const QJsonValue& value) { return value.toObject(); }, visit);
        QVERIFY2(count > 0 || row->result.empty(), "nothing was damaged");
    }
};

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
