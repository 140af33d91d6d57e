// Package console is the blocks that act in the console around the softphone: what pops, the panel, tabs, Omni-Channel.
//
// Read first: Blocks.
package console

import (
	"context"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// Blocks are the room's, in the order of the manual.
var Blocks = []flow.Block{
	ShowModal, CanMakeOutboundCalls, EnableClickToDial, DisableClickToDial, GetAppViewInfo, GetSoftphoneLayout, GetAgentWorkload,
	CompleteHVSWork, RefreshView, ShowSoftphonePanel, HideSoftphonePanel, SetSoftphonePanelHeight, SetSoftphonePanelWidth, ScreenpopObject,
	ScreenpopURL, ScreenpopObjectHome, ScreenpopList, ScreenpopSearch, ScreenpopNewRecord, SearchAndScreenpop, GetAgentState, SetAgentState,
	LoginAgent, LogoutAgent, OpenPrimaryTab, OpenSubTab, GetFocusedPrimaryTabObjectID, GetFocusedSubtabObjectID, GetTabObjectMap, CloseTab,
	GetPrimaryTabIDs, GetTabsWithURL, Alert,
}

// screenPop is Open CTI's, with its type and parameters.
func screenPop(ctx context.Context, c flow.Call, kind string, params map[string]any) (flow.Outcome, error) {
	_, err := c.Ask(ctx, "screenPop", map[string]any{"type": kind, "params": params})
	return flow.Outcome{Port: flow.Success}, err
}

// workspace asks for what stands around the softphone; the answer is the result.
func workspace(ctx context.Context, c flow.Call, command string, args map[string]any) (flow.Outcome, error) {
	answer, err := c.Ask(ctx, command, args)
	return flow.Outcome{Port: flow.Success, Result: answer}, err
}

// withinOrg says that an address is one of the org's own pages.
func withinOrg(url string) bool {
	return strings.HasPrefix(url, "/") && !strings.HasPrefix(url, "//") && !strings.HasPrefix(url, "/\\")
}

var errOutside = &flow.Refused{Reason: "the console opens addresses within the org only: begin the url with one slash"}

// done asks for something that gives no result.
func done(ctx context.Context, c flow.Call, command string, args map[string]any) (flow.Outcome, error) {
	_, err := c.Ask(ctx, command, args)
	return flow.Outcome{Port: flow.Success}, err
}

// pixels is a size within the platform's bounds.
func pixels(v any, least, most int) (int, error) {
	n, ok := js.Numeric(v)
	if !ok || n < float64(least) || n > float64(most) {
		return 0, &flow.Refused{Reason: fmt.Sprintf("the size is not a number of pixels from %d to %d", least, most)}
	}
	return int(n + 0.5), nil
}
