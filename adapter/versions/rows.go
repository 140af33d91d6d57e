package versions

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/salesforce"
)

// Row is a CTI flow's record.
type Row struct {
	Id, Name string
	Adapter  string  `json:"CTI_Adapter__c"`
	Source   string  `json:"Source__c"`
	Event    string  `json:"Event__c"`
	Script   string  `json:"Script__c"`
	Active   bool    `json:"Active__c"`
	Deleted  bool    `json:"IsDeleted"`
	Counted  float64 `json:"Activation__c"`
	EditedBy struct {
		Name string
	} `json:"LastModifiedBy"`
}

// The columns of a Row; those of OldColumns are there in an org that keeps no versions yet.
const (
	OldColumns = "Id, Name, CTI_Adapter__c, Source__c, Event__c, Script__c, Active__c, IsDeleted"
	Columns    = OldColumns + ", Activation__c, LastModifiedBy.Name"
)

// activation is how often a version of the flow was made active; 0 for never.
func (r Row) activation() int { return count(r.Counted) }

// count is a number of the CRM's as one that is counted by.
func count(n float64) int { return int(max(0, min(n, math.MaxInt32))) }

// stored is a version's record.
type stored struct {
	Id          string
	Flow        string  `json:"CTI_Flow__c"`
	Key         string  `json:"Key__c"`
	Number      float64 `json:"Number__c"`
	Size        float64 `json:"Size__c"`
	Chunks      float64 `json:"Chunks__c"`
	Author      string  `json:"Author__c"`
	SavedAt     string  `json:"Saved_At__c"`
	Note        string  `json:"Note__c"`
	Problem     string  `json:"Problem__c"`
	Activation  float64 `json:"Activation__c"`
	ActivatedBy string  `json:"Activated_By__c"`
	ActivatedAt string  `json:"Activated_At__c"`
}

const (
	versionObject  = "AC_CtiScriptVersion__c"
	chunkObject    = "AC_CtiScriptChunk__c"
	scriptObject   = "AC_CtiScript__c"
	versionColumns = "SELECT Id, CTI_Flow__c, Key__c, Number__c, Size__c, Chunks__c, Author__c, Saved_At__c, Note__c, Problem__c, " +
		"Activation__c, Activated_By__c, Activated_At__c FROM " + versionObject
)

// version is what a record says. What is missing in it makes its file damaged.
func (s stored) version() Version {
	_, hash, _ := strings.Cut(s.Key, "|")
	v := Version{
		ID: s.Id, Number: count(s.Number), Hash: hash, Size: count(s.Size), Author: s.Author, SavedAt: timeOf(s.SavedAt), Note: s.Note,
		Problem: s.Problem, Activation: count(s.Activation), ActivatedBy: s.ActivatedBy, flow: s.Flow, chunks: count(s.Chunks),
	}
	if at := timeOf(s.ActivatedAt); !at.IsZero() {
		v.ActivatedAt = &at
	}
	return v
}

// The platform's form of a time. Source: REST API developer guide, Valid Date and DateTime Formats.
const (
	timeRead    = "2006-01-02T15:04:05.999Z0700"
	timeWritten = "2006-01-02T15:04:05.000Z"
)

func timeOf(text string) time.Time {
	at, err := time.Parse(timeRead, text)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// Lacking says whether an org, or the rights of who reads, has no versions: it was set up before there were any.
func Lacking(err error) bool { return salesforce.IsCode(err, "INVALID_TYPE", "INVALID_FIELD") }

// atOnce is how many versions one question asks for, and partsAtOnce how many parts of files, which are large.
const (
	atOnce      = 100
	partsAtOnce = 40
)

// files reads the files of versions. What is wrong with one is in it.
func files(ctx context.Context, crm *salesforce.Client, all []Version) ([]Held, error) {
	found := map[string][]part{}
	for _, some := range portions(all) {
		ids := make([]string, len(some))
		for i, v := range some {
			ids[i] = salesforce.Quote(v.ID)
		}
		type row struct {
			Version string  `json:"CTI_Flow_Version__c"`
			Order   float64 `json:"Order__c"`
			Data    string  `json:"Data__c"`
		}
		rows, err := salesforce.Query[row](ctx, crm, "SELECT CTI_Flow_Version__c, Order__c, Data__c FROM "+chunkObject+
			" WHERE CTI_Flow_Version__c IN ("+strings.Join(ids, ", ")+")")
		if err != nil {
			return nil, fmt.Errorf("read versions: %w", err)
		}
		for _, r := range rows {
			found[short(r.Version)] = append(found[short(r.Version)], part{count(r.Order), r.Data})
		}
	}
	held := make([]Held, len(all))
	for i, v := range all {
		held[i].Version = v
		held[i].Raw, held[i].Err = join(v, found[short(v.ID)])
	}
	return held, nil
}

// portions are versions whose files one answer holds each.
func portions(all []Version) (portions [][]Version) {
	parts := 0
	for _, v := range all {
		n := min(max(1, v.chunks), maxChunks)
		last := len(portions) - 1
		if last < 0 || parts+n > partsAtOnce || len(portions[last]) == atOnce {
			portions, parts, last = append(portions, nil), 0, last+1
		}
		portions[last], parts = append(portions[last], v), parts+n
	}
	return portions
}

// byKey reads versions by a column that is unique.
func byKey(ctx context.Context, crm *salesforce.Client, column string, keys []string) (all []Version, err error) {
	for some := range slices.Chunk(keys, atOnce) {
		quoted := make([]string, len(some))
		for i, key := range some {
			quoted[i] = salesforce.Quote(key)
		}
		rows, err := salesforce.Query[stored](ctx, crm, versionColumns+" WHERE "+column+" IN ("+strings.Join(quoted, ", ")+")")
		if err != nil {
			return nil, fmt.Errorf("read versions: %w", err)
		}
		for _, r := range rows {
			all = append(all, r.version())
		}
	}
	return all, nil
}
