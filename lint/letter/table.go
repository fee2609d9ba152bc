package letter

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// tableTransformer reads a paragraph that is a table from its first line on, as almost all are, into nodes of ours and
// without the regular expressions by which goldmark tells what each column is. Goldmark's, which comes after it, has the
// others, and those in which a bar may be part of a cell.
type tableTransformer struct{}

func (tableTransformer) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, src, nodes := n.Lines(), reader.Source(), nodesOf(pc)
	if lines.Len() < 2 {
		return
	}
	head, last := lines.At(0), lines.At(lines.Len()-1)
	columns := nodes.columns(src[lines.At(1).Start:lines.At(1).Stop])
	if len(columns) == 0 || len(columns) != countCells(inRow(head, src), src) || bytes.ContainsAny(src[head.Start:last.Stop], "\\`") {
		return
	}
	table, header := nodes.tables.next(), nodes.headers.next()
	*table, *header = east.Table{Alignments: columns}, east.TableHeader{}
	table.SetPos(n.Pos())
	table.AppendChild(table, header)
	nodes.cellsOf(header, head, src, columns)
	for i := 2; i < lines.Len(); i++ {
		row := nodes.rows.next()
		*row = east.TableRow{Alignments: columns}
		table.AppendChild(table, row)
		nodes.cellsOf(row, lines.At(i), src, columns)
	}
	parent := n.Parent()
	parent.InsertAfter(parent, n, table)
	parent.RemoveChild(parent, n)
}

// columns reads from the line below the head of a table how its columns are aligned. There are none if that is no such
// line, or one that is unusual.
func (n *nodes) columns(line []byte) []east.Alignment {
	row, ok := bytes.CutPrefix(bytes.TrimRight(line, " \r\n"), []byte("|"))
	if !ok {
		return nil
	}
	from := len(n.alignments)
	for cell := range bytes.SplitSeq(bytes.TrimSuffix(row, []byte("|")), []byte("|")) {
		dashes, left := bytes.CutPrefix(bytes.Trim(cell, " "), []byte(":"))
		dashes, right := bytes.CutSuffix(dashes, []byte(":"))
		if len(dashes) == 0 || len(bytes.TrimLeft(dashes, "-")) > 0 {
			return nil
		}
		align := east.AlignNone
		switch {
		case left && right:
			align = east.AlignCenter
		case left:
			align = east.AlignLeft
		case right:
			align = east.AlignRight
		}
		n.alignments = append(n.alignments, align)
	}
	return n.alignments[from:len(n.alignments):len(n.alignments)]
}

// inRow is what stands in a line of a table, without the bars around it.
func inRow(line text.Segment, src []byte) text.Segment {
	line = line.TrimLeftSpace(src)
	line = line.TrimRightSpace(src)
	if !line.IsEmpty() && src[line.Start] == '|' {
		line.Start++
	}
	if !line.IsEmpty() && src[line.Stop-1] == '|' {
		line.Stop--
	}
	return line
}

// countCells counts those of a line without the bars around it. Goldmark has no cell behind a bar at its end.
func countCells(row text.Segment, src []byte) int {
	n := bytes.Count(row.Value(src), []byte("|"))
	if !row.IsEmpty() && src[row.Stop-1] != '|' {
		n++
	}
	return n
}

// cellsOf gives a row the cells of a line: one in each column.
func (n *nodes) cellsOf(row ast.Node, line text.Segment, src []byte, columns []east.Alignment) {
	row.SetPos(line.Start)
	rest := inRow(line, src)
	for _, align := range columns {
		cell := n.cell()
		if !rest.IsEmpty() {
			at := rest
			if bar := bytes.IndexByte(rest.Value(src), '|'); bar >= 0 {
				at.Stop = at.Start + bar
			}
			rest.Start = min(at.Stop+1, rest.Stop)
			at = at.TrimLeftSpace(src)
			cell.Alignment = align
			cell.Lines().Append(at.TrimRightSpace(src))
		}
		row.AppendChild(row, cell)
	}
}
