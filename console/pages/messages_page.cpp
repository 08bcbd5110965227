#include "console/pages/messages_page.h"

#include "console/models/words.h"
#include "console/pages/conversation_view.h"
#include "console/pages/text.h"
#include "ui_messages_page.h"

#include <QVBoxLayout>

namespace cohort::console {

MessagesPage::MessagesPage(Workspace& workspace, QWidget* parent)
    : Page(workspace, parent), m_ui(std::make_unique<Ui::MessagesPage>()), m_model(workspace, this)
{
    m_ui->setupUi(body());
    m_ui->conversations->setRows(&m_model, {170, 0, 110, 190});
    m_ui->conversations->setEmptyText(
        Pages::tr("Nobody to write to yet"),
        Pages::tr("Enrol a person on the page “Deployments”; who has a code can read and answer here."));
    m_conversation = new ConversationView(workspace, notices(), m_ui->conversation);
    auto* layout = new QVBoxLayout(m_ui->conversation);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_conversation);
    m_ui->splitter->setStretchFactor(0, 1);
    m_ui->splitter->setStretchFactor(1, 1);
    m_ui->splitter->setSizes({600, 400});
    watch(&m_model);
    connect(m_ui->conversations, &DataTable::selected, this, &MessagesPage::choose);
    connect(&m_model, &RowsModel::loaded, this, [this] {
        if (m_ui->conversations->selectedId() == 0 && m_model.rowCount() > 0)
            m_ui->conversations->selectRow(0);
    });
    connect(&workspace, &Workspace::deploymentChanged, this, [this] {
        if (isVisible())
            activate();
    });
}

MessagesPage::~MessagesPage() = default;

void MessagesPage::activate()
{
    m_model.show(workspace().deployment());
}

void MessagesPage::deactivate()
{
    m_model.show({});
    m_conversation->setPerson({}, {});
}

void MessagesPage::choose(int row)
{
    const model::Conversation* conversation = m_model.at(row);
    m_conversation->setPerson(conversation ? conversation->participant : ParticipantId{},
                              conversation ? conversation->label() : QString(),
                              words::zoneOf(conversation ? conversation->timeZone : QString()));
}

} // namespace cohort::console
