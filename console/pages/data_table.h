// The console's table: rows, pills for states, sensible widths, and words where there is nothing.
// Thread: GUI. Owner: a page. Flow: RowsModel → DataTable → opened(row).
#pragma once

#include "console/models/rows_model.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace cohort::console {

// Draws cells that have a ToneRole as pills.
class PillDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class DataTable : public QTableView
{
    Q_OBJECT
public:
    explicit DataTable(QWidget* parent = nullptr);

    // One width a column in pixels; 0: takes what is left. The choice stays on the same id when rows change.
    void setRows(RowsModel* model, const QList<int>& widths);
    // What stands in an empty table: what it would show, and what to do.
    void setEmptyText(const QString& title, const QString& hint);
    // Whether there is a connection: an empty table that has not loaded says why it is empty.
    void setConnected(bool connected);
    // What stands in it now while it has no rows.
    QString emptyTitle() const;
    qint64 selectedId() const; // 0: none
    void selectId(qint64 id);

Q_SIGNALS:
    void opened(int row);   // Enter, double click
    void selected(int row); // -1: none

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    // The column that takes what is left keeps enough to be read; then one scrolls.
    void fitStretched();
    QString emptyHint() const;
    void describeEmpty();
    void rememberSelection();
    void restoreSelection();

    RowsModel* m_rows = nullptr;
    QString m_emptyTitle, m_emptyHint;
    qint64 m_selected = 0;
    bool m_resetting = false;
    int m_stretched = -1;
    bool m_connected = true;
    bool m_hasFailed = false;
};

} // namespace cohort::console
