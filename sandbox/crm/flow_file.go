package crm

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// screenFlow is the process type of flows that show screens, activeFlow the status of those that people can open.
const (
	screenFlow = "Flow"
	activeFlow = "Active"
)

var flowStatuses = []string{activeFlow, "Draft", "Obsolete", "InvalidDraft"}

// FlowFile is what a flow's file says, as far as the org tells it: nothing here runs a flow. Source: Metadata API, type Flow.
type FlowFile struct {
	Label       string  `xml:"label"`
	Description string  `xml:"description"`
	ProcessType string  `xml:"processType"` // Flow for one with screens, AutoLaunchedFlow, …
	Status      string  `xml:"status"`      // Active, Draft, Obsolete, InvalidDraft
	APIVersion  float64 `xml:"apiVersion"`
	Restricted  bool    `xml:"isAdditionalPermissionRequiredToRun"` // only for those to whom a permission set gives the flow
}

// ReadFlow parses a flow's file; an error says that it is none. What the platform would have against it is told by Wrong.
func ReadFlow(source []byte) (FlowFile, error) {
	var file struct {
		XMLName xml.Name `xml:"Flow"`
		FlowFile
	}
	if err := xml.Unmarshal(source, &file); err != nil {
		return FlowFile{}, fmt.Errorf("read flow: %w", err)
	}
	f := file.FlowFile
	for _, text := range []*string{&f.Label, &f.Description, &f.ProcessType, &f.Status} {
		*text = strings.TrimSpace(*text)
	}
	if f.ProcessType == "" {
		f.ProcessType = "AutoLaunchedFlow"
	}
	if f.Status == "" {
		f.Status = "Draft"
	}
	return f, nil
}

// Wrong says what the platform has against the flow when it is deployed; "" for nothing. Its elements are not looked at.
func (f FlowFile) Wrong() string {
	if f.Label == "" {
		return "Required field is missing: label"
	}
	if !slices.Contains(flowStatuses, f.Status) {
		return fmt.Sprintf("'%.40s' is not a valid value for the enum 'FlowVersionStatus'", f.Status)
	}
	return ""
}

// Screens says whether the flow is one that shows screens.
func (f FlowFile) Screens() bool { return f.ProcessType == screenFlow }
