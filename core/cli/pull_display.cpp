// SPDX-License-Identifier: Apache-2.0
#include "core/cli/pull_display.h"

namespace coracle::cli {
namespace {

using types::LayerState;
using types::PullEvent;
using types::PushEvent;
using types::PushState;

/// docker's words, which scripts look for in its output.
const char* words(LayerState state) {
    switch (state) {
    case LayerState::Waiting:
        return "Waiting";
    case LayerState::Downloading:
        return "Downloading";
    case LayerState::Verifying:
        return "Verifying";
    case LayerState::Extracting:
        return "Extracting";
    case LayerState::Done:
        return "Pull complete";
    case LayerState::AlreadyPresent:
        return "Already exists";
    case LayerState::Failed:
        break;
    }
    return "Failed";
}

std::string words(const PushEvent& event) {
    switch (event.state) {
    case PushState::Preparing:
        return "Preparing";
    case PushState::Pushing:
        return "Pushing";
    case PushState::Pushed:
        return "Pushed";
    case PushState::AlreadyThere:
        return "Layer already exists";
    case PushState::Mounted:
        return "Mounted from " + event.text;
    case PushState::Failed:
        break;
    }
    return "Failed";
}

}  // namespace

void PullDisplay::show(const PullEvent& event) {
    switch (event.kind) {
    case PullEvent::Kind::Resolved:
        m_display.setLayerCount(event.layerCount);
        break;
    case PullEvent::Kind::Status:
        m_display.line(event.text);
        break;
    case PullEvent::Kind::Layer:
        m_display.show({event.layerIndex, event.layerDigest, words(event.state),
                        event.state == LayerState::Downloading,
                        event.state != LayerState::Waiting && event.state != LayerState::Verifying,
                        event.doneBytes, event.totalBytes});
        break;
    case PullEvent::Kind::Done:
        m_display.finish();
        break;
    }
}

void PushDisplay::show(const PushEvent& event) {
    switch (event.kind) {
    case PushEvent::Kind::Resolved:
        m_display.setLayerCount(event.layerCount);
        m_display.line("The push refers to repository [" + event.text + "]");
        break;
    case PushEvent::Kind::Status:
        m_display.line(event.text);
        break;
    case PushEvent::Kind::Layer:
        m_display.show({event.layerIndex, event.layerDigest, words(event), event.state == PushState::Pushing,
                        true, event.doneBytes, event.totalBytes});
        break;
    }
}

}  // namespace coracle::cli
