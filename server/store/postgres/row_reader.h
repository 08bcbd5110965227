// A row of an answer as a noun, by its fields(): the member locationName is the column location_name.
// Thread: values. Owner: a rowAs call. Flow: Connection::query → Row → here → struct. A part of its own that is not flat
// has its name before its columns (room_id, room_kind); a Value is the columns number, text and exact; a list or a map is a
// column of json, or is left to the repository; what is computed has no column.
#pragma once

#include "server/store/postgres/connection.h"
#include "shared/model/json.h"

namespace cohort::store {

template <typename T>
concept Described = std::is_class_v<T> && requires(model::JsonWriter& writer, const T& noun)
{
    fields(writer, noun);
};

// A column that is there and not null: into `member`, or what is wrong with it.
// The value of the columns number, text and exact, each with `prefix` before its name; all null: none.
Value valueOf(const Row& row, const QByteArray& prefix = {});

QString readColumn(const Row& row, const QByteArray& column, bool& member);
QString readColumn(const Row& row, const QByteArray& column, int& member);
QString readColumn(const Row& row, const QByteArray& column, qint64& member);
QString readColumn(const Row& row, const QByteArray& column, double& member);
QString readColumn(const Row& row, const QByteArray& column, QString& member);
QString readColumn(const Row& row, const QByteArray& column, Timestamp& member);
QString readColumn(const Row& row, const QByteArray& column, QJsonObject& member);
QString readColumn(const Row& row, const QByteArray& column, QJsonArray& member);
QString readColumn(const Row& row, const QByteArray& column, QJsonValue& member);

template <typename T>
concept PlainColumn = requires(const Row& row, const QByteArray& column, T& member)
{
    readColumn(row, column, member);
};

class RowReader
{
public:
    explicit RowReader(const Row& row, QByteArray prefix = {}) : m_row(row), m_prefix(std::move(prefix)) {}

    template <typename T>
    void operator()(const char* name, T& member, const char* /*prose*/, model::Rule rule = {})
    {
        if (!rule.isComputed && !m_error)
            read(columnOf(name), member, rule);
    }
    template <typename T>
    void flat(T& member)
    {
        fields(*this, member);
    }
    // There where the statement gives its columns.
    template <typename T>
    void flat(std::optional<T>& member)
    {
        member.reset();
        if (m_row.has(firstOf<T>({})))
            fields(*this, member.emplace());
    }
    // Errors: DatabaseError, which names the column.
    Result<void> finish() const { return m_error ? Result<void>(fail(*m_error)) : Result<void>(); }

private:
    // The first member's column, a Value apart.
    struct FirstName
    {
        const char* name = nullptr;
        template <typename T>
        void operator()(const char* member, const T&, const char*, model::Rule = {})
        {
            if (!std::is_same_v<T, Value> && name == nullptr)
                name = member;
        }
        template <typename T>
        void flat(const T& member)
        {
            fields(*this, member);
        }
    };
    template <typename T>
    QByteArray firstOf(const QByteArray& part) const
    {
        FirstName first;
        const T none{};
        fields(first, none);
        return part.isEmpty() ? columnOf(first.name) : RowReader(m_row, part + '_').columnOf(first.name);
    }

    QByteArray columnOf(const char* name) const; // with the prefix
    bool isGiven(const QByteArray& column);      // there and not null; else the error is set
    void fault(const QByteArray& column, const QString& what);

    template <PlainColumn T>
    void read(const QByteArray& column, T& member, model::Rule /*rule*/)
    {
        if (!isGiven(column))
            return;
        if (const QString wrong = readColumn(m_row, column, member); !wrong.isEmpty())
            fault(column, wrong);
    }
    void read(const QByteArray& column, Value& member, model::Rule rule);

    template <typename Tag>
    void read(const QByteArray& column, Id<Tag>& member, model::Rule rule)
    {
        member = {};
        const bool isNone = rule.mayBeNone && m_row.has(column) && m_row.isNull(column);
        if (!isNone && isGiven(column))
            member = m_row.id<Id<Tag>>(column);
    }
    template <model::Named E>
    void read(const QByteArray& column, E& member, model::Rule)
    {
        if (!isGiven(column))
            return;
        if (const auto known = model::valueOf<E>(m_row.string(column)))
            member = *known;
        else
            fault(column, QStringLiteral("has the unknown word ") + m_row.string(column).left(50));
    }
    // The column that tells whether there is any.
    template <typename T>
    QByteArray tellingOf(const QByteArray& column) const
    {
        if constexpr (Described<T>) {
            if (!m_row.has(column))
                return firstOf<T>(column);
        }
        return column;
    }
    template <typename T>
    void read(const QByteArray& column, std::optional<T>& member, model::Rule rule)
    {
        const QByteArray first = tellingOf<T>(column);
        member.reset();
        if (!m_row.has(first))
            return fault(first, QStringLiteral("is missing"));
        if (!m_row.isNull(first))
            read(column, member.emplace(), rule);
    }
    template <typename T>
    void read(const QByteArray& column, QList<T>& member, model::Rule)
    {
        readStored(column, member);
    }
    template <typename T>
    void read(const QByteArray& column, QMap<QString, T>& member, model::Rule)
    {
        readStored(column, member);
    }
    template <Described T>
    void read(const QByteArray& column, T& member, model::Rule)
    {
        if (m_row.has(column))
            return readStored(column, member);
        RowReader part(m_row, column + '_');
        fields(part, member);
        if (auto done = part.finish(); !done)
            m_error = done.error();
    }
    // From a column of json; where the statement has none, the repository fills it.
    template <typename T>
    void readStored(const QByteArray& column, T& member)
    {
        if (!m_row.has(column) || m_row.isNull(column))
            return;
        QJsonValue stored;
        readColumn(m_row, column, stored);
        model::JsonReader reader({{QStringLiteral("column"), stored}}, model::Form::Stored);
        reader("column", member, "");
        if (auto done = reader.finish(); !done)
            fault(column, done.error().detail);
    }

    const Row& m_row;
    QByteArray m_prefix;
    std::optional<Error> m_error;
};

// The row as a noun. Errors: DatabaseError, where a column is missing, null, or holds a word that nobody knows.
template <typename T>
Result<T> rowAs(const Row& row)
{
    T noun{};
    RowReader reader(row);
    fields(reader, noun);
    COHORT_CHECK(reader.finish());
    return noun;
}

// One column's word. Errors: DatabaseError, where nobody knows it.
template <model::Named E>
Result<E> wordOf(const Row& row, const char* column)
{
    if (const auto known = model::valueOf<E>(row.string(column)))
        return *known;
    return fail(ErrorCode::DatabaseError, QStringLiteral("column %1 has the unknown word %2")
                                              .arg(QLatin1StringView(column), row.string(column).left(50)));
}

template <typename T>
Result<QList<T>> rowsAs(const Rows& rows)
{
    QList<T> nouns;
    nouns.reserve(static_cast<qsizetype>(rows.size()));
    for (const Row& row : rows) {
        COHORT_TRY(noun, rowAs<T>(row));
        nouns.append(std::move(noun));
    }
    return nouns;
}

// A page out of rows of which one more than `limit` was asked for.
template <typename T>
Result<model::Page<T>> pageOf(Rows rows, int limit)
{
    model::Page<T> page;
    page.more = rows.size() > static_cast<std::size_t>(limit);
    if (page.more)
        rows.resize(static_cast<std::size_t>(limit));
    COHORT_TRY(items, rowsAs<T>(rows));
    page.items = std::move(items);
    return page;
}

} // namespace cohort::store
