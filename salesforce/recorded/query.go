package recorded

import (
	"net/http"
	"regexp"
	"strings"
)

// Questions are equalities and lists joined by AND; another one is not understood, rather than answered wrongly.
var (
	question  = regexp.MustCompile(`^SELECT (.+) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY [\w ,.]+?)?(?: LIMIT \d+)?$`)
	condition = regexp.MustCompile(`^([\w.]+) = (?:'((?:[^'\\]|\\.)*)'|(null|true|false))$`)
	listed    = regexp.MustCompile(`^([\w.]+) IN \(('[^']*'(?:,\s*'[^']*')*)\)$`)
)

// query answers with the rows that all conditions hold for, in the recorded order. A field that a row does not have is
// null; an object that was not recorded is not in the org. An order that is asked for is taken to be the recorded one.
func (o *Org) query(r *http.Request, soql string) (*http.Response, error) {
	asked := question.FindStringSubmatch(soql)
	if asked == nil {
		return nil, unrecorded("%s", soql)
	}
	rows, there := o.rows[asked[2]]
	if !there {
		return answer(r, http.StatusBadRequest, []refusal{{
			Code: "INVALID_TYPE", Text: "sObject type '" + asked[2] + "' is not supported.",
		}})
	}
	found := []map[string]any{}
	for _, row := range rows {
		holds, err := all(row, asked[3])
		if err != nil {
			return nil, err
		}
		if holds {
			found = append(found, row)
		}
	}
	return answer(r, http.StatusOK, map[string]any{"done": true, "totalSize": len(found), "records": found})
}

func all(row map[string]any, where string) (bool, error) {
	if where == "" {
		return true, nil
	}
	for one := range strings.SplitSeq(where, " AND ") {
		if list := listed.FindStringSubmatch(one); list != nil {
			id, _ := row[list[1]].(string)
			if !strings.Contains(list[2], "'"+id[:min(len(id), 15)]) { // ids may be asked in their short form
				return false, nil
			}
			continue
		}
		asked := condition.FindStringSubmatch(one)
		if asked == nil {
			return false, unrecorded("the condition %s", one)
		}
		have := row[asked[1]]
		var want any
		switch asked[3] {
		case "":
			want = asked[2]
		case "true", "false":
			want = asked[3] == "true"
		}
		if have != want {
			return false, nil
		}
	}
	return true, nil
}
