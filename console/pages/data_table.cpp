#include "console/pages/data_table.h"

#include "console/pages/text.h"
#include "console/resources/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace cohort::console {

namespace {

constexpr int RowHeight = 34;
constexpr int PillHeight = 22;
constexpr int StretchedLeast = 160;

} // namespace

void PillDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant tone = index.data(ToneRole);
    const QString text = index.data(Qt::DisplayRole).toString();
    if (!tone.isValid() || text.isEmpty()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem ground = option;
    initStyleOption(&ground, index);
    ground.text.clear();
    ground.widget->style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter, ground.widget);
    const Theme colors = theme();
    QFont font = option.font;
    font.setPixelSize(12);
    const QFontMetrics metrics(font);
    const int width = std::min(metrics.horizontalAdvance(text) + 16, option.rect.width() - 12);
    const QRect pill(option.rect.left() + 6, option.rect.center().y() - PillHeight / 2 + 1, width, PillHeight);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors.toneFill(tone.value<Tone>()));
    painter->drawRoundedRect(pill, PillHeight / 2.0, PillHeight / 2.0);
    painter->setPen(colors.tone(tone.value<Tone>()));
    painter->setFont(font);
    painter->drawText(pill, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideRight, width - 12));
    painter->restore();
}

QSize PillDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(std::max(size.height(), RowHeight - 2));
    return size;
}

DataTable::DataTable(QWidget* parent) : QTableView(parent)
{
    setItemDelegate(new PillDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(RowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) { Q_EMIT opened(index.row()); });
}

void DataTable::setRows(RowsModel* model, const QList<int>& widths)
{
    m_rows = model;
    setModel(model);
    for (int column = 0; column < model->columnCount({}); ++column) {
        const int width = widths.value(column, 120);
        m_stretched = width == 0 ? column : m_stretched;
        horizontalHeader()->setSectionResizeMode(column, width == 0 ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (width > 0)
            setColumnWidth(column,
                           std::max(width, horizontalHeader()->sectionSizeHint(column))); // words of any language
    }
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &DataTable::rememberSelection);
    connect(model, &QAbstractItemModel::modelReset, this, &DataTable::restoreSelection);
    const auto failed = [this](bool yes) {
        m_hasFailed = yes;
        describeEmpty();
    };
    connect(model, &RowsModel::loaded, this, [failed] { failed(false); });
    connect(model, &RowsModel::failed, this, [failed] { failed(true); });
    connect(model, &RowsModel::loadingChanged, this, [this, failed](bool loading) { failed(m_hasFailed && !loading); });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!m_resetting)
            Q_EMIT selected(now.isValid() ? now.row() : -1);
    });
}

void DataTable::rememberSelection()
{
    m_selected = selectedId();
    m_resetting = true;
}

void DataTable::restoreSelection()
{
    m_resetting = false;
    const qint64 wanted = std::exchange(m_selected, 0);
    if (wanted != 0)
        selectId(wanted);
    if (wanted != 0 && selectedId() != wanted)
        Q_EMIT selected(-1);
}

void DataTable::setEmptyText(const QString& title, const QString& hint)
{
    m_emptyTitle = title;
    m_emptyHint = hint;
    describeEmpty();
}

void DataTable::setConnected(bool connected)
{
    if (std::exchange(m_connected, connected) != connected)
        describeEmpty();
}

QString DataTable::emptyTitle() const
{
    if (m_rows && m_rows->isLoaded())
        return m_emptyTitle;
    if (!m_connected)
        return Pages::tr("Not connected");
    return m_hasFailed ? Pages::tr("Not loaded") : Pages::tr("Loading …");
}

QString DataTable::emptyHint() const
{
    if (m_rows && m_rows->isLoaded())
        return m_emptyHint;
    if (!m_connected)
        return Pages::tr("What was shown here last is gone; it comes with the connection.");
    return m_hasFailed ? Pages::tr("What went wrong stands above; “Retry” tries again.") : QString();
}

// It is painted, which no screen reader sees.
void DataTable::describeEmpty()
{
    setAccessibleDescription(emptyTitle() + QLatin1Char('\n') + emptyHint());
    viewport()->update();
}

qint64 DataTable::selectedId() const
{
    return currentIndex().isValid() ? currentIndex().data(IdRole).toLongLong() : 0;
}

void DataTable::selectId(qint64 id)
{
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (model()->index(row, 0).data(IdRole).toLongLong() == id) {
            selectRow(row);
            return;
        }
    }
}

void DataTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (!m_rows || m_rows->rowCount() > 0)
        return;
    QPainter painter(viewport());
    const Theme colors = theme();
    QFont font = painter.font();
    font.setPixelSize(15);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(colors.text);
    const QRect area = viewport()->rect().adjusted(24, 16, -24, -16);
    const int middle = area.center().y();
    painter.drawText(QRect(area.left(), middle - 34, area.width(), 24), Qt::AlignCenter, emptyTitle());
    font.setPixelSize(13);
    font.setWeight(QFont::Normal);
    painter.setFont(font);
    painter.setPen(colors.faint);
    painter.drawText(QRect(area.left(), middle - 4, area.width(), 60), Qt::AlignHCenter | Qt::TextWordWrap,
                     emptyHint());
}

void DataTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitStretched();
}

void DataTable::fitStretched()
{
    QHeaderView* header = horizontalHeader();
    if (m_stretched < 0 || m_stretched >= header->count())
        return;
    int others = 0;
    for (int column = 0; column < header->count(); ++column)
        others += column == m_stretched ? 0 : header->sectionSize(column);
    const bool fits = viewport()->width() - others >= StretchedLeast;
    header->setSectionResizeMode(m_stretched, fits ? QHeaderView::Stretch : QHeaderView::Interactive);
    if (!fits)
        header->resizeSection(m_stretched, StretchedLeast);
}

void DataTable::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        Q_EMIT opened(currentIndex().row());
    else
        QTableView::keyPressEvent(event);
}

} // namespace cohort::console
