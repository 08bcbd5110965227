#include "console/pages/conversation_view.h"

#include "console/models/words.h"
#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_conversation_view.h"

#include <QKeyEvent>
#include <QPainter>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int Padding = 10, Gap = 6, Side = 12, CaptionHeight = 18;

// What is composed: a kind of question, or nothing for a message.
using Asked = std::optional<model::QuestionType>;

bool isTheirs(const model::Message& message)
{
    return message.direction == model::MessageDirection::FromParticipant;
}

QString bodyOf(const model::Message& message)
{
    QString text = message.text;
    QStringList choices;
    if (message.question) {
        for (const model::QuestionChoice& choice : message.question->choices)
            choices.append(choice.text);
    }
    if (!choices.isEmpty())
        text += u"\n"_s + choices.join(u" / "_s);
    if (message.answer)
        text += u"\n→ "_s + Pages::tr("Answer: %1").arg(message.answer->text);
    return text;
}

QString captionOf(const model::Message& message, const QTimeZone& zone)
{
    QStringList parts{words::moment(message.life.createdAt, zone),
                      words::actor(message.by.author, message.by.authorName)};
    if (message.kind == model::MessageKind::Question)
        parts.append(Pages::tr("question"));
    if (!isTheirs(message))
        parts.append(words::messageState(message.life.state).text);
    return parts.join(u" · "_s);
}

QRect textRect(const QFontMetrics& metrics, int width, const QString& text)
{
    return metrics.boundingRect(QRect(0, 0, width * 3 / 4 - 2 * Padding, 100'000), Qt::TextWordWrap, text);
}

} // namespace

QSize BubbleDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const model::Message* message = m_model.at(index);
    const int width = option.widget ? option.widget->width() - 24 : 400;
    if (!message)
        return {width, 40};
    const QRect text = textRect(QFontMetrics(option.font), width, bodyOf(*message));
    return {width, text.height() + 2 * Padding + CaptionHeight + Gap};
}

void BubbleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const model::Message* message = m_model.at(index);
    if (!message)
        return;
    const Theme colors = theme();
    const bool theirs = isTheirs(*message);
    const QString body = bodyOf(*message);
    const QString caption = captionOf(*message, m_model.zone());
    QFont small = option.font;
    small.setPixelSize(11);
    const QRect text = textRect(QFontMetrics(option.font), option.rect.width(), body);
    const int width = std::max(text.width() + 2 * Padding, 120);
    const int left = theirs ? option.rect.left() + Side : option.rect.right() - Side - width;
    const QRect bubble(left, option.rect.top() + Gap / 2, width, text.height() + 2 * Padding);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theirs ? colors.toneFill(Tone::Neutral) : colors.selection);
    painter->drawRoundedRect(bubble, 10, 10);
    painter->setPen(colors.text);
    painter->setFont(option.font);
    painter->drawText(bubble.adjusted(Padding, Padding, -Padding, -Padding), Qt::TextWordWrap, body);
    painter->setFont(small);
    painter->setPen(colors.faint);
    const QRect line(option.rect.left() + Side, bubble.bottom() + 2, option.rect.width() - 2 * Side, CaptionHeight);
    const Qt::Alignment side = theirs ? Qt::AlignLeft : Qt::AlignRight;
    painter->drawText(line, static_cast<int>(side | Qt::AlignVCenter), caption);
    painter->restore();
}

ConversationView::ConversationView(Workspace& workspace, NoticeBar* notices, QWidget* parent)
    : QWidget(parent), m_workspace(workspace), m_notices(notices), m_ui(std::make_unique<Ui::ConversationView>()),
      m_model(workspace, this)
{
    m_ui->setupUi(this);
    m_ui->kind->addItem(Pages::tr("Message"), QVariant::fromValue(Asked()));
    m_ui->kind->addItem(Pages::tr("Question: yes or no"), QVariant::fromValue(Asked(model::QuestionType::YesNo)));
    m_ui->kind->addItem(Pages::tr("Question: one of"), QVariant::fromValue(Asked(model::QuestionType::OneOf)));
    m_ui->kind->addItem(Pages::tr("Question: text"), QVariant::fromValue(Asked(model::QuestionType::Text)));
    m_ui->kind->addItem(Pages::tr("Question: number"), QVariant::fromValue(Asked(model::QuestionType::Number)));
    m_ui->send->setIcon(icon(u"send"_s, theme().onAccent));
    m_ui->messages->setModel(&m_model);
    m_ui->messages->setModelColumn(1);
    m_ui->messages->setItemDelegate(new BubbleDelegate(m_model, this));
    m_ui->messages->setSelectionMode(QAbstractItemView::NoSelection);
    m_ui->messages->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_ui->messages->setResizeMode(QListView::Adjust);
    m_ui->text->installEventFilter(this);
    m_ui->messages->viewport()->installEventFilter(this);
    connect(m_ui->kind, &QComboBox::currentIndexChanged, this, &ConversationView::kindChanged);
    connect(m_ui->send, &QPushButton::clicked, this, &ConversationView::send);
    // The newest stand at the end: what there is more of is fetched at once.
    connect(&m_model, &RowsModel::loaded, this, [this] {
        m_model.canFetchMore({}) ? m_model.fetchMore({}) : m_ui->messages->scrollToBottom();
        markRead();
    });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &ConversationView::markRead);
    connect(&m_model, &QAbstractItemModel::rowsInserted, m_ui->messages, &QListView::scrollToBottom);
    connect(&m_model, &RowsModel::loaded, this, &ConversationView::showPerson);
    connect(&m_model, &RowsModel::loadingChanged, this, &ConversationView::showPerson);
    connect(&workspace.link(), &ServerLink::stateChanged, this, &ConversationView::showPerson);
    connect(&m_model, &RowsModel::loadingChanged, notices, &NoticeBar::setBusy);
    connect(&m_model, &RowsModel::failed, notices,
            [this](const Error& error) { m_notices->showError(error, [this] { m_model.reload(); }); });
    connect(m_ui->text, &QPlainTextEdit::textChanged, this, &ConversationView::keepDraft);
    connect(m_ui->choices, &QLineEdit::textChanged, this, &ConversationView::keepDraft);
    connect(m_ui->kind, &QComboBox::currentIndexChanged, this, &ConversationView::keepDraft);
    kindChanged();
    setPerson({}, {});
}

ConversationView::~ConversationView() = default;

void ConversationView::setPerson(ParticipantId participant, const QString& label, const QTimeZone& zone)
{
    m_label = label;
    m_may = m_workspace.mayCoordinate() || !m_workspace.me().account.id;
    if (!m_may)
        participant = {}; // what people write is read by those who coordinate: it is not even asked for
    const bool another = m_model.participant() != participant;
    m_model.show(m_workspace.deployment(), participant, zone);
    showPerson();
    if (another)
        showDraft(m_workspace.drafts().of(participant));
    for (QWidget* part : std::initializer_list<QWidget*>{m_ui->kind, m_ui->text, m_ui->send}) {
        part->setEnabled(bool(participant));
        part->setVisible(m_may);
    }
    m_ui->messages->setVisible(m_may);
    kindChanged();
}

void ConversationView::showPerson()
{
    QString text = !m_may                  ? Pages::tr("Messages are shown to those who coordinate the study.")
                   : m_model.participant() ? m_label
                                           : Pages::tr("Choose a person to read and write.");
    if (m_model.participant() && !m_model.isLoaded() && m_model.rowCount() == 0)
        text += u" · "_s + (m_workspace.link().state() != LinkState::Online ? Pages::tr("Not connected")
                            : m_model.isLoading()                           ? Pages::tr("Loading …")
                                                                            : Pages::tr("Not loaded"));
    m_ui->person->setText(text);
}

// What is on the screen of somebody who may answer is read; a window that is put away shows nothing.
void ConversationView::markRead()
{
    if (isVisible() && !window()->isMinimized() && m_model.isLoaded() && m_workspace.mayCoordinate())
        m_model.markRead();
}

void ConversationView::kindChanged()
{
    const bool question = m_ui->kind->currentIndex() > 0;
    m_ui->choices->setVisible(m_may && m_ui->kind->currentData().value<Asked>() == model::QuestionType::OneOf);
    m_ui->text->setPlaceholderText(question ? Pages::tr("Write the question. Ctrl+Enter sends it.")
                                            : Pages::tr("Write a message. Ctrl+Enter sends it."));
}

Draft ConversationView::draft() const
{
    Draft now{m_label, m_ui->kind->currentData().value<Asked>(), m_ui->text->toPlainText(), {}};
    for (const QString& choice : m_ui->choices->text().split(u';'))
        now.choices.append(choice.trimmed());
    now.choices.removeAll(QString());
    return now;
}

void ConversationView::showDraft(const Draft& draft)
{
    const QSignalBlocker quietText(m_ui->text), quietChoices(m_ui->choices), quietKind(m_ui->kind);
    for (int row = 0; row < m_ui->kind->count(); ++row) {
        if (m_ui->kind->itemData(row).value<Asked>() == draft.asks)
            m_ui->kind->setCurrentIndex(row);
    }
    m_ui->choices->setText(draft.choices.join(u"; "_s));
    if (m_ui->text->toPlainText() != draft.text)
        m_ui->text->setPlainText(draft.text);
    kindChanged();
}

void ConversationView::keepDraft()
{
    m_workspace.drafts().keep(m_model.participant(), draft());
}

void ConversationView::send()
{
    const Draft wanted = draft();
    const ParticipantId to = m_model.participant(); // Retry writes to nobody else
    if (wanted.text.trimmed().isEmpty() || !to || !m_ui->send->isEnabled())
        return;
    if (wanted.asks == model::QuestionType::OneOf && wanted.choices.size() < 2) {
        m_notices->showText(Pages::tr("Give at least two choices, separated by semicolons."), Tone::Warning);
        return;
    }
    performBy(
        m_ui->send, m_notices,
        [this, to, wanted, requestId = m_workspace.drafts().requestIdOf(to, wanted)] {
            return Drafts::send(m_workspace.client(), to, wanted, requestId);
        },
        [this, to, wanted](const model::Message& message) {
            m_model.put(message);
            m_workspace.drafts().answered(to);
            if (m_workspace.drafts().of(to).text.trimmed() != wanted.text.trimmed())
                return; // the next one is being written
            m_workspace.drafts().drop(to);
            if (m_model.participant() == to)
                showDraft({{}, wanted.asks, {}, {}});
        });
}

bool ConversationView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_ui->text && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers() == Qt::ControlModifier) {
            send();
            return true;
        }
    }
    if (watched == m_ui->messages->viewport() && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(m_ui->messages, &QListView::doItemsLayout, Qt::QueuedConnection); // bubbles wrap anew
    if (watched == window() && event->type() == QEvent::WindowStateChange)
        markRead(); // what came while it was put away
    return QWidget::eventFilter(watched, event);
}

void ConversationView::showEvent(QShowEvent* event)
{
    window()->installEventFilter(this);
    QWidget::showEvent(event);
}

} // namespace cohort::console
