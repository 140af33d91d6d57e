package console_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks/blocktest"
	"github.com/patchcord/patchcord/adapter/blocks/console"
	"github.com/patchcord/patchcord/adapter/flow"
)

type in = map[string]any

func pops(kind string, params in) in { return in{"type": kind, "params": params} }

// desk are tabs of a console: a case is in front, and a contact in its subtab.
var desk = []any{
	in{"id": "ctab0", "url": "/lightning/o/Contact/list", "recordId": "", "focused": false, "subtabs": []any{}},
	in{"id": "ctab1", "url": "/lightning/r/Case/500/view", "recordId": "500", "focused": true, "subtabs": []any{
		in{"id": "ctab1_0", "url": "/lightning/r/Contact/003/view", "recordId": "003", "focused": true, "subtabs": []any{}}}},
}

func TestBlocksAskThePage(t *testing.T) {
	view := in{"url": "/lightning/r/Contact/003/view", "recordId": "003", "secret": "x"}
	for _, tc := range []struct {
		name, block string
		in          in
		answer      any
		command     string
		args        map[string]any
		port        flow.Port
		result      any
	}{
		{"url", "SE_SFScreenpopUrl", in{"url": "/apex/Page?x=1"}, nil, "screenPop", pops("url", in{"url": "/apex/Page?x=1"}), flow.Success, nil},
		{"object home", "SE_SFScreenpopObjectHome", in{"scope": "Account"}, nil, "screenPop", pops("objecthome", in{"scope": "Account"}),
			flow.Success, nil},
		{"list", "SE_SFScreenpopList", in{"listViewId": "00B1", "scope": "Case"}, nil, "screenPop",
			pops("list", in{"listViewId": "00B1", "scope": "Case"}), flow.Success, nil},
		{"list without an object", "SE_SFScreenpopList", in{"listViewId": "00B1"}, nil, "screenPop", pops("list", in{"listViewId": "00B1"}),
			flow.Success, nil},
		{"search page", "SE_SFScreenpopSearch", in{"searchString": " Åse "}, nil, "screenPop", pops("search", in{"searchString": "Åse"}),
			flow.Success, nil},
		{"new record", "SE_SFScreenpopNewRecord", in{"entityName": "Contact",
			"defaultFieldValues": in{"Phone": "$.payload.n", "Fax": "$.payload.x"}}, nil, "screenPop",
			pops("newRecordModal", in{"entityName": "Contact", "defaultFieldValues": in{"Phone": "+1206"}}), flow.Success, nil},
		{"new record, empty", "SE_SFScreenpopNewRecord", in{"entityName": "Lead"}, nil, "screenPop",
			pops("newRecordModal", in{"entityName": "Lead"}), flow.Success, nil},
		{"view", "SE_SFGetAppViewInfo", nil, view, "appView", nil, flow.Success, in{"url": view["url"], "recordId": "003"}},
		{"layout", "SE_SFGetSoftphoneLayout", nil, in{"Inbound": in{}}, "softphoneLayout", nil, flow.Success, in{"value": in{"Inbound": in{}}}},
		{"refresh", "SE_SFRefreshView", nil, nil, "refreshView", nil, flow.Success, nil},
		{"show", "SE_SFShowSoftphonePanel", nil, nil, "panel", in{"show": "shown"}, flow.Success, nil},
		{"hide", "SE_SFHideSoftphonePanel", nil, nil, "panel", in{"show": "hidden"}, flow.Success, nil},
		{"height", "SE_SFSetSoftphonePanelHeight", in{"height": "2560"}, nil, "panel", in{"height": 2560}, flow.Success, nil},
		{"width", "SE_SFSetSoftphonePanelWidth", in{"width": 200}, nil, "panel", in{"width": 200}, flow.Success, nil},
		{"may dial", "SE_SFCanMakeOutboundCalls", nil, in{"mayDialOut": true}, "agent", nil, flow.True, true},
		{"may not dial", "SE_SFCanMakeOutboundCalls", nil, in{"mayDialOut": false}, "agent", nil, flow.False, false},
		{"links", "SE_SFEnableClickToDial", nil, nil, "clickToDial", in{"on": true}, flow.Success, nil},
		{"no links", "SE_SFDisableClickToDial", nil, nil, "clickToDial", in{"on": false}, flow.Success, nil},
		{"confirmed", "SE_CoreShowModal", in{"title": "Consent", "message": "Record?", "confirmLabel": "Yes"}, in{"confirmed": true}, "question",
			in{"title": "Consent", "message": "Record?", "confirm": "Yes", "cancel": ""}, flow.Success, in{"value": true}},
		{"cancelled", "SE_CoreShowModal", in{"message": "Record?", "cancelLabel": "No"}, in{"confirmed": false}, "question",
			in{"title": "", "message": "Record?", "confirm": "", "cancel": "No"}, flow.Failure, in{"value": false}},
		{"alert", "SE_CoreAlert", in{"message": "A good customer."}, nil, "alert", in{"message": "A good customer."}, flow.Done, nil},
		{"work", "SE_SFCompleteHvsWorkWithTaskSaved", in{"workId": "0Xb", "disposition": "Won", "taskId": "00T"}, nil, "completeWork",
			in{"workId": "0Xb", "disposition": "Won", "taskId": "00T"}, flow.Success, nil},
		{"workload", "SE_SFGetAgentWorkload", nil, in{"currentWorkload": 2.0}, "omni", in{"method": "workload"}, flow.Success,
			in{"currentWorkload": 2.0}},
		{"presence", "SE_SFGetAgentState", nil, in{"statusId": "0N5"}, "omni", in{"method": "status"}, flow.Success, in{"statusId": "0N5"}},
		{"set presence", "SE_SFSetAgentState", in{"status": "Busy"}, in{"statusApiName": "Busy"}, "omni",
			in{"method": "setStatus", "statusId": "Busy"}, flow.Success, in{"statusApiName": "Busy"}},
		{"log in", "SE_SFLoginAgent", in{"status": "Online"}, in{"statusApiName": "Online"}, "omni",
			in{"method": "login", "statusId": "Online"}, flow.Success, nil},
		{"log out", "SE_SFLogoutAgent", nil, nil, "omni", in{"method": "logout"}, flow.Success, nil},
		{"tab", "SE_SFOpenPrimaryTab", in{"url": "/x", "active": true, "label": "L", "name": "n"}, "t", "openTab",
			in{"url": "/x", "active": true, "label": "L"}, flow.Success, in{"id": "t", "value": "t"}},
		{"subtab", "SE_SFOpenSubTab", in{"primaryTabId": "t", "url": "/x"}, "u", "openTab",
			in{"parent": "t", "url": "/x", "active": false, "label": ""}, flow.Success, in{"id": "u"}},
		{"in front", "SE_SFGetFocusedPrimaryTabObjectId", nil, desk, "tabs", nil, flow.Success, in{"id": "500"}},
		{"nothing in front", "SE_SFGetFocusedPrimaryTabObjectId", nil, []any{}, "tabs", nil, flow.Success, in{"id": ""}},
		{"subtab in front", "SE_SFGetFocusedSubtabObjectId", nil, desk, "tabs", nil, flow.Success, in{"id": "003"}},
		{"tab map", "SE_SFGetTabObjectMap", nil, desk, "tabs", nil, flow.Success, in{"value": in{"ctab1": "500"}}},
		{"close", "SE_SFCloseTab", in{"id": "t"}, nil, "closeTab", in{"id": "t"}, flow.Success, nil},
		{"tabs", "SE_SFGetPrimaryTabIds", nil, desk, "tabs", nil, flow.Success, in{"value": []any{"ctab0", "ctab1"}}},
		{"tabs by url", "SE_SFGetTabsWithUrl", in{"url": "Case"}, desk, "tabs", nil, flow.Success, in{"value": []any{"ctab1"}}},
		{"no tabs by url", "SE_SFGetTabsWithUrl", in{"url": "Lead"}, desk, "tabs", nil, flow.Success, in{"value": []any{}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			page := &blocktest.Page{Answer: tc.answer}
			s := blocktest.Run(t, console.Blocks, tc.block, tc.in, flow.Event{Payload: in{"n": "+1206"}}, flow.Host{Page: page})
			if s.Port != tc.port {
				t.Errorf("left by %s: %s", s.Port, s.Problem)
			}
			if diff := cmp.Diff(tc.result, s.Result); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]flow.Command{{Name: tc.command, Args: tc.args}}, page.Asked); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatThePageIsNotAskedFor(t *testing.T) {
	for _, tc := range []struct {
		block string
		in    in
		says  string
	}{
		{"SE_SFScreenpopUrl", in{"url": "https://example.org/"}, "within the org"},
		{"SE_SFScreenpopUrl", in{"url": "//example.org/"}, "within the org"},
		{"SE_SFScreenpopUrl", in{"url": `/\example.org/`}, "within the org"},
		{"SE_SFScreenpopUrl", in{"url": "javascript:alert(1)"}, "within the org"},
		{"SE_SFScreenpopUrl", in{}, "url is empty"},
		{"SE_SFOpenPrimaryTab", in{"url": "https://example.org/"}, "within the org"},
		{"SE_SFOpenSubTab", in{"primaryTabId": "t", "url": "//example.org/"}, "within the org"},
		{"SE_SFScreenpopObjectHome", in{}, "scope is empty"},
		{"SE_SFScreenpopList", in{"scope": "Case"}, "listViewId is empty"},
		{"SE_SFScreenpopSearch", in{"searchString": " ab "}, "three characters"},
		{"SE_SFScreenpopNewRecord", in{}, "entityName is empty"},
		{"SE_SFSetSoftphonePanelHeight", in{"height": 239}, "from 240 to 2560"},
		{"SE_SFSetSoftphonePanelHeight", in{"height": 2561}, "from 240 to 2560"},
		{"SE_SFSetSoftphonePanelWidth", in{"width": 1921}, "from 200 to 1920"},
		{"SE_SFSetSoftphonePanelWidth", in{"width": "wide"}, "from 200 to 1920"},
		{"SE_CoreShowModal", in{"title": "Consent"}, "message is empty"},
	} {
		page := &blocktest.Page{}
		s := blocktest.Run(t, console.Blocks, tc.block, tc.in, flow.Event{}, flow.Host{Page: page})
		if s.Port != flow.Failure || !strings.Contains(s.Problem, tc.says) || len(page.Asked) > 0 {
			t.Errorf("%s %v: %s, %q, asked %v", tc.block, tc.in, s.Port, s.Problem, page.Asked)
		}
	}
}

// Every block of the room leaves by its error port, with the page's reason, where the page refuses or is not there.
func TestThePageRefuses(t *testing.T) {
	all := in{"url": "/x", "scope": "Case", "listViewId": "00B", "searchString": "Maya", "entityName": "Lead", "height": 500, "width": 500,
		"message": "m", "workId": "w", "status": "s", "primaryTabId": "t", "id": "t"}
	for _, b := range console.Blocks {
		if b.Type == console.ScreenpopObject.Type || b.Type == console.SearchAndScreenpop.Type {
			continue // they go their own way to the page
		}
		want := flow.Failure
		switch b.Ports[0] {
		case flow.Done:
			want = flow.Done
		case flow.True:
			want = flow.False
		}
		controls := in{}
		for _, i := range b.Inputs {
			if all[i.Name] != nil {
				controls[i.Name] = all[i.Name]
			}
		}
		page := &blocktest.Page{Err: &flow.Refused{Reason: "No access."}}
		s := blocktest.Run(t, console.Blocks, b.Type, controls, flow.Event{}, flow.Host{Page: page})
		if s.Port != want || s.Problem != "No access." {
			t.Errorf("%s: %s, %q", b.Type, s.Port, s.Problem)
		}
		s = blocktest.Run(t, console.Blocks, b.Type, controls, flow.Event{}, flow.Host{})
		if s.Port != want || !strings.Contains(s.Problem, "no softphone page") {
			t.Errorf("%s without a page: %s, %q", b.Type, s.Port, s.Problem)
		}
	}
}
