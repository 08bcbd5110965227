// Every parameter of every operation, made from its description: what the document allows is taken at both bounds, and
// what lies beyond, is of another kind, is missing or is not known is refused by its name.
#include "shared/base/limits.h"
#include "shared/protocol/operation.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace cohort;
using namespace cohort::protocol;
using namespace Qt::Literals::StringLiterals;
using model::Field;
using model::Kind;

namespace {

QJsonValue valueOf(const Field& field);

// With the members that have to be there.
QJsonObject objectOf(const std::vector<Field>& members)
{
    QJsonObject object;
    for (const Field& member : members)
        if (!member.isOptional)
            object.insert(QString::fromLatin1(member.name), valueOf(member));
    return object;
}

bool hasSize(Kind kind)
{
    return kind == Kind::Text || kind == Kind::List || kind == Kind::Map || kind == Kind::Object;
}

// A value of this size: characters, entries, members, or the number itself.
QJsonValue sized(const Field& field, double size)
{
    const auto count = static_cast<qsizetype>(size);
    switch (field.kind) {
    case Kind::Text:
        return QString(count, u'x');
    case Kind::List: {
        QJsonArray list;
        for (qsizetype i = 0; i < count; ++i)
            list.append(valueOf(field.of.front()));
        return list;
    }
    case Kind::Map:
    case Kind::Object: {
        QJsonObject map;
        for (qsizetype i = 0; i < count; ++i)
            map.insert(QString::number(i), field.of.empty() ? QJsonValue(1) : valueOf(field.of.front()));
        return map;
    }
    default:
        return size;
    }
}

QJsonValue valueOf(const Field& field)
{
    switch (field.kind) {
    case Kind::Id:
        return 1;
    case Kind::Boolean:
        return true;
    case Kind::Time:
        return u"2026-01-31T12:00:00+01:00"_s;
    case Kind::Choice:
        return QString::fromLatin1(field.choices.front());
    case Kind::Struct:
        return objectOf(field.of);
    case Kind::Value:
    case Kind::Any:
        return 1;
    default:
        return sized(field, std::max(field.rule.least, hasSize(field.kind) ? 1.0 : 0.0));
    }
}

// Something that a member of this kind never takes.
QJsonValue otherThan(Kind kind)
{
    return kind == Kind::Boolean ? QJsonValue(u"true"_s) : QJsonValue(true);
}

QString faultOf(const Operation& operation, const QJsonObject& parameters)
{
    const auto checked = checkParameters(operation, parameters);
    return checked ? QString() : QString::fromLatin1(checked.error().name()) + u": "_s + checked.error().detail;
}

using Look = std::function<void(const Operation&, const Field&, const QString& name)>;
void forEachParameter(const Look& look)
{
    for (const Operation& operation : operations())
        for (const Field& field : operation.parameters)
            look(operation, field, QString::fromLatin1(field.name));
}

QJsonObject with(const Operation& operation, const QString& name, const QJsonValue& value)
{
    QJsonObject parameters = objectOf(operation.parameters);
    parameters.insert(name, value);
    return parameters;
}

QByteArray place(const Operation& operation, const QString& name)
{
    return QByteArray(operation.name) + ' ' + name.toLatin1();
}

} // namespace

class TestBounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatHasToBeThereIsEnough();
    void everythingTogetherIsTaken();
    void whatHasToBeThereIsMissed();
    void bothBoundsAreInside();
    void oneBeyondEitherBoundIsRefused();
    void anotherKindIsRefused();
    void everyChoiceIsTakenAndNoOther();
    void nothingElseIsTaken();
    void partsOfListsAreNamedWithTheirPlace();
    void noTextIsWithoutBound();
    void noListIsLongerThanItsLimit();
    void whatStandsForWhatIsLeftOutIsInTheTable();
};

void TestBounds::whatHasToBeThereIsEnough()
{
    for (const Operation& operation : operations())
        QCOMPARE(faultOf(operation, objectOf(operation.parameters)), QString());
}

void TestBounds::everythingTogetherIsTaken()
{
    for (const Operation& operation : operations()) {
        QJsonObject all;
        for (const Field& field : operation.parameters)
            all.insert(QString::fromLatin1(field.name), valueOf(field));
        QCOMPARE(faultOf(operation, all), QString());
    }
}

void TestBounds::whatHasToBeThereIsMissed()
{
    forEachParameter([](const Operation& operation, const Field& field, const QString& name) {
        auto parameters = objectOf(operation.parameters);
        parameters.remove(name);
        const QString fault = faultOf(operation, parameters);
        QCOMPARE(fault, field.isOptional ? QString() : u"missing-value: '%1'"_s.arg(name));
    });
}

void TestBounds::bothBoundsAreInside()
{
    int bounded = 0;
    forEachParameter([&](const Operation& operation, const Field& field, const QString& name) {
        if (field.rule.most <= 0)
            return;
        ++bounded;
        for (const double size : {field.rule.least, field.rule.most})
            QCOMPARE(faultOf(operation, with(operation, name, sized(field, size))), QString());
    });
    QVERIFY2(bounded > 60, qPrintable(QString::number(bounded)));
}

void TestBounds::oneBeyondEitherBoundIsRefused()
{
    forEachParameter([](const Operation& operation, const Field& field, const QString& name) {
        if (field.rule.most <= 0)
            return;
        const QString range = model::rangeOf(field.rule);
        for (const double size : {field.rule.least - 1, field.rule.most + 1}) {
            if (size < 0 && hasSize(field.kind))
                continue;
            const QString fault = faultOf(operation, with(operation, name, sized(field, size)));
            QVERIFY2(fault.startsWith(u"wrong-value: '%1' must be"_s.arg(name)) && fault.contains(range),
                     place(operation, name) + ": " + fault.toUtf8());
        }
    });
}

void TestBounds::anotherKindIsRefused()
{
    forEachParameter([](const Operation& operation, const Field& field, const QString& name) {
        if (field.kind == Kind::Any)
            return;
        const QString fault = faultOf(operation, with(operation, name, otherThan(field.kind)));
        QVERIFY2(fault.startsWith(u"wrong-value: '%1' must be"_s.arg(name)), place(operation, name));
        const QString ofNull = faultOf(operation, with(operation, name, QJsonValue()));
        const bool mayBeNull = field.isOptional || field.rule.mayBeNone;
        QVERIFY2(ofNull.isEmpty() == mayBeNull, place(operation, name) + ": " + ofNull.toUtf8());
    });
}

void TestBounds::everyChoiceIsTakenAndNoOther()
{
    forEachParameter([](const Operation& operation, const Field& field, const QString& name) {
        if (field.kind != Kind::Choice)
            return;
        for (const char* choice : field.choices) {
            const QString word = QString::fromLatin1(choice);
            QCOMPARE(faultOf(operation, with(operation, name, word)), QString());
            QVERIFY(!faultOf(operation, with(operation, name, word.toUpper())).isEmpty());
        }
        QVERIFY2(!faultOf(operation, with(operation, name, u""_s)).isEmpty(), place(operation, name));
    });
}

void TestBounds::nothingElseIsTaken()
{
    for (const Operation& operation : operations())
        QCOMPARE(faultOf(operation, with(operation, u"zz"_s, QJsonValue())),
                 u"wrong-value: there is no parameter 'zz'"_s);
}

void TestBounds::partsOfListsAreNamedWithTheirPlace()
{
    int lists = 0;
    forEachParameter([&](const Operation& operation, const Field& field, const QString& name) {
        if (field.kind != Kind::List || field.of.front().kind == Kind::Any)
            return;
        ++lists;
        auto list = sized(field, std::max(field.rule.least, 1.0)).toArray();
        const auto last = list.size() - 1;
        list[last] = otherThan(field.of.front().kind);
        const QString path = u"%1[%2]"_s.arg(name).arg(last);
        QVERIFY2(faultOf(operation, with(operation, name, list)).startsWith(u"wrong-value: '%1'"_s.arg(path)),
                 place(operation, name));
        if (field.of.front().kind != Kind::Struct)
            return;
        auto part = objectOf(field.of.front().of);
        part.insert(u"zz"_s, 1);
        list[last] = part;
        QCOMPARE(faultOf(operation, with(operation, name, list)),
                 u"wrong-value: there is no parameter '%1.zz'"_s.arg(path));
    });
    QVERIFY(lists > 4);
}

// What anybody can send is stored or looked for: its size has an end.
void TestBounds::noTextIsWithoutBound()
{
    forEachParameter([](const Operation& operation, const Field& field, const QString& name) {
        if (hasSize(field.kind))
            QVERIFY2(field.rule.most > 0, place(operation, name));
        if (field.rule.most > 0)
            QVERIFY2(field.rule.least <= field.rule.most, place(operation, name));
    });
}

void TestBounds::noListIsLongerThanItsLimit()
{
    forEachParameter([](const Operation& operation, const Field& field, const QString& name) {
        if (name != u"limit"_s)
            return;
        QCOMPARE(field.rule.least, 1.0);
        QVERIFY2(field.rule.most <= ListLimitMost, place(operation, name));
        QVERIFY2(field.isOptional, place(operation, name));
    });
}

void TestBounds::whatStandsForWhatIsLeftOutIsInTheTable()
{
    static const QRegularExpression said(u"(\\d+) where it is left out"_s);
    QSet<int> named;
    forEachParameter([&](const Operation&, const Field& field, const QString&) {
        if (const auto found = said.match(QString::fromUtf8(field.prose)); found.hasMatch())
            named.insert(found.captured(1).toInt());
    });
    QCOMPARE(named, (QSet<int>{ListLimit, ChartPoints, CommandExpiryMs}));
}

QTEST_GUILESS_MAIN(TestBounds)
#include "tst_bounds.moc"
