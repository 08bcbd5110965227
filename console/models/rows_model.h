// A table of one kind of rows from the server: loads, fetches more as one scrolls, replaces without losing places.
// Thread: GUI. Owner: a page or another model. Flow: load(after) → Listing<Row> → columns → view.
#pragma once

#include "console/models/plain_text.h"
#include "console/models/text.h"
#include "console/models/tone.h"
#include "console/net/subscription.h"
#include "console/net/typed_call.h"
#include "shared/base/when_done.h"

#include <QAbstractTableModel>
#include <QSet>

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace cohort::console {

// Roles of all models of the console besides Qt's own.
enum Role {
    IdRole = Qt::UserRole + 1, // qint64
    ToneRole,                  // Tone: the cell is a state; views draw it as a pill
    KindRole,                  // the protocol's word behind the text
};

// What a page needs to know of any table: whether it loads, has loaded, or failed.
class RowsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    virtual void reload() = 0;
    bool isLoading() const { return m_loading; }
    bool isLoaded() const { return m_loaded; }

Q_SIGNALS:
    void loadingChanged(bool loading);
    void loaded();
    void failed(const cohort::Error& error);

protected:
    void setLoading(bool loading);
    void setLoaded(bool loaded) { m_loaded = loaded; }
    // Loads anew when the subscription asks for it, and tells of its failure as of its own.
    void follow(const Subscription& subscription);

private:
    bool m_loading = false;
    bool m_loaded = false;
};

// One column: its title (Models::tr'ed when shown), its text, and what else a role may have.
template <typename Row>
struct Column
{
    using Text = std::function<QVariant(const Row&)>;
    using More = std::function<QVariant(const Row&, int role)>;

    Column(const char* heading, Text textOf, More moreOf = nullptr)
        : title(heading), text(std::move(textOf)), more(std::move(moreOf))
    {
    }

    const char* title;
    Text text;
    More more;
};

template <typename Row>
class RowsOf : public RowsModel
{
public:
    RowsOf(QList<Column<Row>> columns, QObject* parent) : RowsModel(parent), m_columns(std::move(columns)) {}

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Row& row = m_rows.at(index.row());
        const Column<Row>& column = m_columns.at(index.column());
        if (role == Qt::DisplayRole)
            return column.text(row);
        if (role == IdRole)
            return idOf(row);
        const QVariant more = column.more ? column.more(row, role) : QVariant();
        if (role == Qt::ToolTipRole)
            return plainToolTip(more.isValid() ? more.toString() : column.text(row).toString());
        return more;
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation == Qt::Horizontal && section >= 0 && section < m_columns.size() && role == Qt::DisplayRole)
            return Models::tr(m_columns.at(section).title);
        // A title stands as its cells do.
        if (orientation == Qt::Horizontal && section >= 0 && section < m_columns.size() &&
            role == Qt::TextAlignmentRole && m_columns.at(section).more)
            return m_columns.at(section).more(Row{}, role);
        return {};
    }
    bool canFetchMore(const QModelIndex& parent) const override { return !parent.isValid() && m_more && !isLoading(); }
    void fetchMore(const QModelIndex& parent) override
    {
        if (canFetchMore(parent))
            ask(true);
    }
    void reload() override { ask(false); }

    // The row, or null; valid until the model changes.
    const Row* at(int row) const { return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr; }
    const Row* at(const QModelIndex& index) const { return index.isValid() ? at(index.row()) : nullptr; }
    // The place of the row with this id, or -1.
    int find(qint64 id) const
    {
        for (int row = 0; row < m_rows.size(); ++row) {
            if (idOf(m_rows.at(row)) == id)
                return row;
        }
        return -1;
    }

protected:
    // The rows after `last`, or from the start when it is null.
    virtual QFuture<Result<Listing<Row>>> load(const Row* last) = 0;
    virtual qint64 idOf(const Row& row) const = 0;

    const QList<Row>& rows() const { return m_rows; }
    // Changes the row of this id in place, or puts it in front (or at the end, unless rows before it are not loaded yet:
    // it comes with them).
    void upsert(const Row& row, bool inFront)
    {
        const int place = find(idOf(row));
        if (place >= 0) {
            m_rows[place] = row;
            Q_EMIT dataChanged(index(place, 0), index(place, columnCount() - 1));
            return;
        }
        if (!inFront && m_more) {
            m_missed = isLoading();
            return;
        }
        const int to = inFront ? 0 : static_cast<int>(m_rows.size());
        beginInsertRows({}, to, to);
        m_rows.insert(to, row);
        endInsertRows();
    }
    void removeId(qint64 id)
    {
        if (const int place = find(id); place >= 0) {
            beginRemoveRows({}, place, place);
            m_rows.removeAt(place);
            endRemoveRows();
        }
    }
    // Edits one row in place by `change`.
    void change(int place, const std::function<void(Row&)>& edit)
    {
        edit(m_rows[place]);
        Q_EMIT dataChanged(index(place, 0), index(place, columnCount() - 1));
    }
    void replace(const QList<Row>& fresh)
    {
        if (sameIds(fresh)) {
            m_rows = fresh;
            if (!m_rows.isEmpty())
                Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
            return;
        }
        beginResetModel();
        m_rows = fresh;
        endResetModel();
    }
    // Nothing is chosen: empty, and known to be so.
    void settleEmpty()
    {
        clear();
        setLoaded(true);
        Q_EMIT loaded();
    }
    void clear()
    {
        ++m_generation;
        setLoading(false);
        setLoaded(false);
        m_more = false;
        replace({});
    }

private:
    bool sameIds(const QList<Row>& fresh) const
    {
        return std::equal(fresh.begin(), fresh.end(), m_rows.begin(), m_rows.end(),
                          [this](const Row& a, const Row& b) { return idOf(a) == idOf(b); });
    }
    void ask(bool further)
    {
        const int generation = ++m_generation;
        setLoading(true);
        const Row* last = further && !m_rows.isEmpty() ? &m_rows.last() : nullptr;
        whenDone(this, load(last), [this, generation, further](const Result<Listing<Row>>& answer) {
            if (generation == m_generation) // else a newer question is under way
                take(answer, further);
        });
    }
    void take(const Result<Listing<Row>>& answer, bool further)
    {
        setLoading(false);
        if (!answer) {
            Q_EMIT failed(answer.error());
            return;
        }
        setLoaded(true);
        m_more = (answer->more && !answer->items.isEmpty()) || std::exchange(m_missed, false);
        if (further)
            append(answer->items);
        else
            replace(answer->items);
        Q_EMIT loaded();
    }
    // Without those that news brought before their page.
    void append(const QList<Row>& page)
    {
        QSet<qint64> known;
        for (const Row& row : std::as_const(m_rows))
            known.insert(idOf(row));
        QList<Row> fresh;
        std::copy_if(page.begin(), page.end(), std::back_inserter(fresh),
                     [&](const Row& row) { return !known.contains(idOf(row)); });
        if (fresh.isEmpty())
            return;
        const int from = rowCount();
        beginInsertRows({}, from, from + static_cast<int>(fresh.size()) - 1);
        m_rows.append(fresh);
        endInsertRows();
    }

    QList<Column<Row>> m_columns;
    QList<Row> m_rows;
    bool m_more = false;
    bool m_missed = false; // a row came behind a page under way, whose answer may be without it
    int m_generation = 0;
};

} // namespace cohort::console
