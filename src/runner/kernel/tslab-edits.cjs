// The repairs to tslab's own source. tslab is pinned, and every edit must match exactly once: a tslab that
// differs from the one these edits were written for must stop here, not behave strangely later.
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')

/** The only tslab version that the edits below were written for. */
const REQUIRED_VERSION = '1.0.22'

/** @import { CommonJsModule, ModuleInternals, Tslab } from './kernel-types.js' */

/** @typedef {{why: string, find: string, replace: string}} Edit */

/**
 * How tslab's source reaches a module of this folder.
 * @param {string} name
 */
const own = (name) => `require(${JSON.stringify(path.join(__dirname, name))})`
const [PROJECT, SYNTAX, PATHS] = ['cell-project.cjs', 'cell-syntax.cjs', 'project-paths.cjs'].map(own)

/** @type {Record<string, Edit[]>} */
const EDITS = {
  'converter.js': [
    {
      why: "a program over the cell and the files it imports, with this kernel's settings, in place of a file-watching compiler",
      find: 'const host = ts.createWatchCompilerHost(Array.from(rootFiles), {',
      replace: `const host = ${PROJECT}.describeProject(Array.from(rootFiles), {`,
    },
    {
      why: 'the same',
      find: 'const watch = ts.createWatchProgram(host);',
      replace: `const watch = ${PROJECT}.createCellProject(host, { cell: srcFilename, previous: declFilename });`,
    },
    {
      why: 'the same',
      find: `        notifyUpdateSrc(srcFilename, ts.FileWatcherEventKind.Changed);
        notifyUpdateDecls(declFilename, ts.FileWatcherEventKind.Changed);
        if (!rebuildTimer) {
            throw new Error("rebuildTimer is not set properly");
        }
        rebuildTimer.callback();
        if (builder === oldBuilder && changed) {`,
      replace: `        watch.update();
        if (builder === oldBuilder && changed) {`,
    },
    {
      why: "a cell's own names come from parsing it alone, which saves one program per cell",
      find: `        updateContent(prevDecl, src);
        let declsFile = builder.getSourceFile(declFilename);
        let srcFile = builder.getSourceFile(srcFilename);
        const locals = srcFile.locals;`,
      replace: `        let declsFile, srcFile;
        const locals = ${SYNTAX}.localsOf(srcPrefix + src);`,
    },
    {
      why: 'the same; and only the cell and the sources edited since the kernel started are type-checked',
      find: `        }
        asMutable(srcFile).parent = declsFile;
        const diag = convertDiagnostics(getPreEmitDiagnosticsWithDependencies(builder, srcFile));`,
      replace: `        }
        else {
            updateContent(prevDecl, src);
            declsFile = builder.getSourceFile(declFilename);
            srcFile = builder.getSourceFile(srcFilename);
        }
        asMutable(srcFile).parent = declsFile;
        const diag = convertDiagnostics(watch.diagnose(srcFile));`,
    },
    {
      why: 'imported files are loaded by source-loader.cjs, so that only the cell itself is emitted',
      find: 'for (const dep of getAllSrcDependencies(builder, srcFile)) {\n            if (sideInputsConverted',
      replace: 'for (const dep of [srcFilename]) {\n            if (sideInputsConverted',
    },
    {
      why: 'source maps',
      find: '        let sideOutputs;\n',
      replace: '        let sideOutputs, cellMap;\n',
    },
    {
      why: 'source maps',
      find: '                if (fileName === dstFilename) {',
      replace: `                if (fileName === dstFilename + ".map") {
                    cellMap = data;
                    return;
                }
                if (fileName === dstFilename) {`,
    },
    {
      why: 'source maps, and await found in the syntax tree in place of a diagnostic',
      find: `            output: esModuleToCommonJSModule(output, transpileTarget),
            declOutput,
            diagnostics: diag.diagnostics,
            hasToplevelAwait: diag.hasToplevelAwait,`,
      replace: `            ...${SYNTAX}.toCommonJs(output, cellMap, transpileTarget),
            declaredNames: [...keys],
            mutableNames: ${SYNTAX}.mutableNames(srcFile),
            declOutput,
            diagnostics: diag.diagnostics,
            hasToplevelAwait: ${SYNTAX}.hasTopLevelAwait(srcFile),`,
    },
    {
      why: 'a variable of an earlier cell may be named in `{ variable }`',
      find: `            if (!ts.isIdentifier(node)) {
                return ts.visitEachChild(node, wrapPrevIdentifier, nullTransformationContext);
            }`,
      replace: `            if (ts.isShorthandPropertyAssignment(node)) {
                const value = checker.getShorthandAssignmentValueSymbol(node);
                const property = value?.declarations?.some((decl) => decl.getSourceFile() === declsFile)
                    ? ${SYNTAX}.expandShorthand(node)
                    : node;
                return ts.visitEachChild(property, (child) => child === property.name ? child : wrapPrevIdentifier(child), nullTransformationContext);
            }
            if (!ts.isIdentifier(node)) {
                return ts.visitEachChild(node, wrapPrevIdentifier, nullTransformationContext);
            }`,
    },
    {
      why: 'the name of a property is not a variable of an earlier cell, in `const { units: n } = parameters` for one',
      find: `                node.parent.name === node) {
                return node;
            }`,
      replace: `                node.parent.name === node) {
                return node;
            }
            if (node.parent && (ts.isBindingElement(node.parent) ? node.parent.propertyName === node
                : ts.isPropertyAssignment(node.parent) && node.parent.name === node)) {
                return node;
            }`,
    },
    {
      why: 'errors in files beside or above the notebook are shown, with their name in the project',
      find: `                const rel = path_1.default.relative(cwd, d.file.fileName);
                if (rel.startsWith("..")) {
                    continue;
                }
                fileName = rel;`,
      replace: `                fileName = ${PATHS}.displayName(d.file.fileName);`,
    },
    {
      why: 'an error of several sentences stays one error',
      find: '            traverseDiagnosticMessageChain(start, end, d.messageText, diagnostics, fileName);',
      replace:
        '            diagnostics.push({ start, end, messageText: ts.flattenDiagnosticMessageText(d.messageText, "\\n"), category: d.category, code: d.code, fileName });',
    },
  ],
  'jupyter.js': [
    {
      why: 'kernel-server.cjs answers the requests that tslab does not know',
      find: 'exports.ZmqServer = ZmqServer;',
      replace: 'exports.ZmqServer = ZmqServer;\nexports.ZmqMessage = ZmqMessage;',
    },
  ],
}

/**
 * The text with every edit applied.
 * @param {string} file the name shown in an error
 * @param {string} text
 * @param {readonly Edit[]} edits
 * @param {string} found the version of tslab that the text comes from
 * @returns {string}
 * @throws {Error} if the version is another one or an edit does not match exactly once
 */
const applyEdits = (file, text, edits, found) => {
  const remedy = `The notebook kernel needs tslab ${REQUIRED_VERSION} exactly as published, and found tslab ${found}. Run "npm ci" to install the pinned version.`
  if (found !== REQUIRED_VERSION) throw new Error(remedy)
  let edited = text
  for (const { why, find, replace } of edits) {
    const matches = edited.split(find).length - 1
    if (matches !== 1) {
      throw new Error(
        `A repair of tslab's ${file} (${why}) matches ${matches} places instead of one. ${remedy}`,
      )
    }
    edited = edited.replace(find, () => replace)
  }
  return edited
}

/**
 * Loads tslab's modules with the edits applied.
 * @returns {Tslab}
 */
const loadTslab = () => {
  const packageFile = require.resolve('tslab/package.json')
  const found = require(packageFile).version
  const folder = path.join(path.dirname(packageFile), 'dist')
  const { _extensions: loaders } = /** @type {ModuleInternals} */ (/** @type {unknown} */ (Module))
  const loadPlain = loaders['.js']
  if (!loadPlain) throw new Error('This Node has no loader of CommonJS modules that can be replaced.')
  loaders['.js'] = (/** @type {CommonJsModule} */ module, filename) => {
    const file = path.basename(filename)
    const edits = path.dirname(filename) === folder ? EDITS[file] : undefined
    if (!edits) return loadPlain(module, filename)
    module._compile(applyEdits(file, fs.readFileSync(filename, 'utf8'), edits, found), filename)
  }
  try {
    return {
      version: found,
      converter: require(path.join(folder, 'converter.js')),
      jupyter: require(path.join(folder, 'jupyter.js')),
      display: require(path.join(folder, 'public.js')),
    }
  } finally {
    loaders['.js'] = loadPlain
  }
}

module.exports = { EDITS, REQUIRED_VERSION, applyEdits, loadTslab }
