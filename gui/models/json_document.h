// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <vector>

namespace coracle::gui {

/// A JSON text together with the place of each of its parts, for showing it. Order, numbers and escapes stay
/// as they were written: what a person copies are the bytes of the source. QJsonDocument sorts members and
/// reads numbers as doubles, so it can give neither back.
///
/// Nodes are numbers in the order of the text; 0 is the whole document.
class JsonDocument {
public:
    enum class Kind : std::uint8_t { Object, Array, String, Number, Literal };

    /// Deeper texts are refused: nothing that the engine writes comes near.
    static constexpr int kMaxDepth = 200;
    static constexpr std::size_t kMaxBytes = std::size_t{16} << 20U;

    /// No node: what a fresh object holds.
    JsonDocument() = default;
    /// Takes some ten milliseconds for a megabyte. Errors: Corrupt, naming the byte; InvalidArgument for a
    /// text that is too large.
    static Result<JsonDocument> parse(QByteArray text);

    bool isEmpty() const { return m_nodes.empty(); }
    int nodeCount() const { return int(m_nodes.size()); }
    Kind kind(int node) const { return at(node).kind; }
    bool isContainer(int node) const { return kind(node) <= Kind::Array; }
    /// -1 for the document itself.
    int parent(int node) const { return at(node).parent; }
    /// Position among the children of its parent.
    int position(int node) const { return at(node).position; }
    int childCount(int node) const { return int(at(node).children.size()); }
    int child(int node, int position) const { return at(node).children[std::size_t(position)]; }
    /// The child of an object with that name; -1: there is none.
    int member(int node, const QString& name) const;

    /// Name in its object, without quotes and with escapes read; empty in arrays.
    QString key(int node) const;
    /// The bytes of the source, from the first quote or brace to the last.
    QByteArray source(int node) const;
    /// The same without the space between its parts: "{ "uid": 0, "gid": 0 }" in one line.
    QString line(int node) const;
    /// "linux.uidMappings[0].hostID", from `root` on; names that are no words stand in quotes:
    /// `labels["com.example.a"]`. Empty for the root itself.
    QString path(int node, int root = 0) const;
    /// Whether the name or, for what is no container, the value has these words. Capitals do not matter.
    bool matches(int node, const QString& words) const;

private:
    struct Node {
        Kind kind = Kind::Literal;
        int parent = -1;
        int position = 0;
        std::size_t keyBegin = 0;  ///< with its quotes; keyEnd 0: no name
        std::size_t keyEnd = 0;
        std::size_t begin = 0;
        std::size_t end = 0;
        std::vector<int> children;
    };
    class Parser;

    const Node& at(int node) const { return m_nodes[std::size_t(node)]; }
    QString keySource(const Node& node) const;

    QByteArray m_text;
    std::vector<Node> m_nodes;
};

}  // namespace coracle::gui
