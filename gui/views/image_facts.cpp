// SPDX-License-Identifier: Apache-2.0
#include "gui/views/image_facts.h"

#include "gui/dialogs/history_dialog.h"
#include "gui/format.h"
#include "gui/models/container_model.h"
#include "gui/models/engine_state.h"
#include "gui/views/json_panel.h"
#include "gui/views/json_view.h"
#include "gui/widgets/card.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/key_value_grid.h"
#include "gui/widgets/list_table.h"

#include <QHeaderView>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace coracle::gui {
namespace {

constexpr int kKeyWidth = 132;
constexpr int kIdRole = Qt::UserRole + 1;

QString joined(const std::vector<std::string>& words, const QString& between, const QString& none) {
    QStringList all;
    for (const std::string& word : words) {
        all.append(format::text(word));
    }
    return all.isEmpty() ? none : all.join(between);
}

}  // namespace

ImageFacts::ImageFacts(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_stack(new QStackedWidget)
    , m_failed(new EmptyState(QStringLiteral("errc"), {}, {}))
    , m_steps(new HistoryModel(this))
    , m_history(new ListTable(QStringLiteral("image.history"), tr("Steps")))
    , m_userRows(new QStandardItemModel(0, 3, this))
    , m_document(new JsonPanel(QStringLiteral("image.inspect"), context.prompt)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    m_stack->addWidget(makeConfiguration());
    showHistory(*m_history, *m_steps);
    m_stack->addWidget(m_history);
    m_stack->addWidget(makeUsers());
    m_stack->addWidget(m_document);
    m_failed->setObjectName(QStringLiteral("image.factsFailed"));
    connect(
        m_failed->addButton(QStringLiteral("image.factsRetry"), tr("Try again"), QStringLiteral("restart")),
        &QAbstractButton::clicked, this, &ImageFacts::refresh);
    m_stack->addWidget(m_failed);
    connect(&m_context.state, &EngineState::containersChanged, this, &ImageFacts::showUsers);
}

CodeBox* ImageFacts::addCode(QVBoxLayout& column, const QString& name, const QString& title) {
    auto* card = new Card(title);
    auto* box = new CodeBox;
    box->label()->setObjectName(name);
    card->body()->addWidget(box);
    column.addWidget(card);
    return box;
}

QWidget* ImageFacts::makeConfiguration() {
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setObjectName(QStringLiteral("image.configuration"));
    scroll->setAccessibleName(tr("Configuration"));
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin,
                               metrics::kPageMargin);
    column->setSpacing(metrics::kSpaceLarge);
    const auto grid = [column](const QString& name, const QString& title) {
        auto* card = new Card(title);
        auto* values = new KeyValueGrid(1, kKeyWidth, card);
        values->setObjectName(name);
        card->body()->addWidget(values);
        column->addWidget(card);
        return values;
    };
    m_start = grid(QStringLiteral("image.start"), tr("How its containers start"));
    m_environment = addCode(*column, QStringLiteral("image.environment"), tr("Environment"));
    m_image = grid(QStringLiteral("image.facts"), tr("Image"));
    m_labels = addCode(*column, QStringLiteral("image.labels"), tr("Labels"));
    column->addStretch(1);
    scroll->setWidget(inner);
    return scroll;
}

QWidget* ImageFacts::makeUsers() {
    m_users = new ListTable(QStringLiteral("image.users"), tr("Containers that use it"));
    m_userRows->setHorizontalHeaderLabels({tr("Container"), tr("Status"), tr("Created")});
    m_users->setModel(m_userRows);
    m_users->setItemDelegate(new ListDelegate(m_users));
    auto* head = m_users->horizontalHeader();
    head->setSectionResizeMode(0, QHeaderView::Stretch);
    sizeColumn(*head, 1, 240);
    sizeColumn(*head, 2, 160);
    m_users->setPlaceholder(tr("No container uses it."));
    connect(m_users, &ListTable::opened, this, [this](const QModelIndex& index) {
        m_context.navigator.open({.page = QStringLiteral("container"),
                                  .id = index.siblingAtColumn(0).data(kIdRole).toString(),
                                  .tab = {}});
    });
    return m_users;
}

void ImageFacts::setImage(const QString& key) {
    m_key = key;
    m_details.reset();
    m_error.reset();
    m_steps->setSteps({});
    m_history->setPlaceholder(tr("Asking"));
    m_start->clear();
    m_image->clear();
    m_environment->setText({});
    m_labels->setText({});
    m_document->clear();
    showUsers();
    refresh();
}

void ImageFacts::refresh() {
    m_request.cancel();
    m_request = m_context.engine.inspectImage(
        this, m_key.toStdString(), [this, key = m_key](const Result<types::ImageDetails>& details) {
            if (key == m_key) {
                take(details);
            }
        });
}

void ImageFacts::take(const Result<types::ImageDetails>& details) {
    if (!details) {
        if (details.error().kind() == ErrorKind::Cancelled) {
            return;
        }
        m_error = details.error();
        m_failed->setText(tr("The image cannot be read"), format::error(details.error()));
        showStack();
        return;
    }
    m_error.reset();
    m_details = *details;
    showConfiguration();
    m_history->setPlaceholder(tr("Its maker wrote nothing down"));
    m_steps->setSteps(m_details->history);
    m_document->show(QByteArray::fromStdString(m_details->inspectJson));
    showUsers();
    showStack();
    emit changed();
}

void ImageFacts::showConfiguration() {
    const types::ImageDetails& image = *m_details;
    const QString none = tr("none");
    const QString blank = QStringLiteral(" ");
    m_start->set(tr("Entrypoint"), joined(image.entrypoint, blank, none), TextRole::Code);
    m_start->set(tr("Command"), joined(image.command, blank, none), TextRole::Code);
    m_start->set(tr("Working folder"),
                 image.workingDirectory.empty() ? QStringLiteral("/") : format::text(image.workingDirectory),
                 TextRole::Code);
    m_start->set(tr("User"), image.user.empty() ? QStringLiteral("root") : format::text(image.user),
                 TextRole::Code);
    m_start->set(tr("Ports"), joined(image.exposedPorts, QStringLiteral(", "), none));
    m_start->set(tr("Volumes"), joined(image.volumes, QStringLiteral(", "), none));
    m_environment->setText(joined(image.env, QStringLiteral("\n"), none));
    const types::ImageSummary& summary = image.summary;
    m_image->set(tr("Id"), format::text(summary.id), TextRole::CodeSmall);
    m_image->set(tr("Names"), joined(summary.references, QStringLiteral("\n"), none));
    m_image->set(tr("In registries"), joined(summary.repoDigests, QStringLiteral("\n"), none),
                 TextRole::CodeSmall);
    m_image->set(tr("Platform"), format::text(summary.platform));
    m_image->set(tr("Created"), format::moment(summary.createdAt), TextRole::Body,
                 format::exact(summary.createdAt));
    m_image->set(tr("Size"), tr("%1, of which other images share %2")
                                 .arg(format::bytes(summary.sizeBytes), format::bytes(summary.sharedBytes)));
    QStringList labels;
    for (const auto& [key, value] : image.labels) {
        labels.append(format::text(key) + QLatin1Char('=') + format::text(value));
    }
    m_labels->setText(labels.isEmpty() ? none : labels.join(QLatin1Char('\n')));
}

void ImageFacts::showUsers() {
    std::vector<const types::ContainerSummary*> users;
    for (const auto& row : m_context.state.containers().rows) {
        if (m_details && row.imageId == m_details->summary.id) {
            users.push_back(&row);
        }
    }
    const bool other = m_userRows->rowCount() != int(users.size());
    m_userRows->setRowCount(int(users.size()));
    for (int i = 0; i < int(users.size()); ++i) {
        const types::ContainerSummary& row = *users[std::size_t(i)];
        const StatusText status = statusText(row, Pending::None);
        const QString words =
            status.detail.isEmpty() ? status.word : status.word + QStringLiteral(" · ") + status.detail;
        const QString texts[] = {format::text(row.name), words, format::since(row.createdAt)};
        for (int column = 0; column < 3; ++column) {
            const QModelIndex index = m_userRows->index(i, column);
            m_userRows->setData(index, texts[column]);
            m_userRows->setData(index, format::text(row.id), kIdRole);
        }
    }
    if (other) {
        emit changed();
    }
}

int ImageFacts::userCount() const {
    return m_userRows->rowCount();
}

void ImageFacts::setPart(Part part) {
    m_part = part;
    showStack();
}

void ImageFacts::showStack() {
    const bool nothing = m_error && !m_details;
    m_stack->setCurrentIndex(nothing ? int(PartCount) : int(m_part));
}

QWidget* ImageFacts::mainWidget() {
    switch (m_part) {
    case History:
        return m_history;
    case Users:
        return m_users;
    case Document:
        return &m_document->view();
    default:
        return m_stack->widget(Configuration);
    }
}

bool ImageFacts::focusSearch() {
    if (m_part == Document) {
        m_document->focusSearch();
    }
    return m_part == Document;
}

}  // namespace coracle::gui
