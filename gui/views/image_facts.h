// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image.h"
#include "gui/engine_service.h"
#include "gui/views/page.h"

#include <optional>
#include <vector>

class QStackedWidget;
class QStandardItemModel;
class QVBoxLayout;

namespace coracle::gui {

class CodeBox;
class EmptyState;
class HistoryModel;
class JsonPanel;
class KeyValueGrid;
class ListTable;

/// What is known of an image beside its layers: how containers of it start, the steps that made it, who uses
/// it, and the document of `inspect`. It is asked for once for each image.
class ImageFacts : public QWidget {
    Q_OBJECT
public:
    enum Part { Configuration, History, Users, Document, PartCount };

    explicit ImageFacts(const PageContext& context, QWidget* parent = nullptr);
    /// Forget what was known and ask for this one. key: a name or an id.
    void setImage(const QString& key);
    /// Ask again; what is shown stays meanwhile.
    void refresh();
    void setPart(Part part);
    /// What gets the focus in the part that is shown.
    QWidget* mainWidget();
    /// False: the part that is shown has nothing to search.
    bool focusSearch();
    /// None: not known yet.
    const std::optional<types::ImageDetails>& details() const { return m_details; }
    /// How many containers use it.
    int userCount() const;

signals:
    /// details() or userCount() is another.
    void changed();

private:
    QWidget* makeConfiguration();
    CodeBox* addCode(QVBoxLayout& column, const QString& name, const QString& title);
    QWidget* makeUsers();
    void take(const Result<types::ImageDetails>& details);
    void showConfiguration();
    void showUsers();
    void showStack();

    PageContext m_context;
    QString m_key;
    Request m_request;
    std::optional<types::ImageDetails> m_details;
    std::optional<Error> m_error;
    Part m_part = Configuration;
    QStackedWidget* m_stack;
    EmptyState* m_failed;
    KeyValueGrid* m_start = nullptr;
    KeyValueGrid* m_image = nullptr;
    CodeBox* m_environment = nullptr;
    CodeBox* m_labels = nullptr;
    HistoryModel* m_steps;
    ListTable* m_history;
    QStandardItemModel* m_userRows;
    ListTable* m_users = nullptr;
    JsonPanel* m_document;
};

}  // namespace coracle::gui
