//! Enums that change: the new definition goes wherever the type stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use algebra::change::PartMut;
use algebra::expression::{Expr, Node};
use algebra::names::{QualifiedName, TypeName};
use algebra::query::{Query, RelationSource};
use algebra::types::{EnumType, Type};
use algebra::value::Value;
use algebra::visit::Part;

use super::uses::{expressions, expressions_mut, is_type, names_type};
use super::{Applied, shown};
use crate::catalog::Catalog;
use crate::error::CatalogError;

/// A type's new definition, and labels that were renamed.
struct Renewed<'a> {
    name: &'a TypeName,
    of: Arc<EnumType>,
    label: Option<&'a (String, String)>,
}

impl Catalog {
    pub(super) fn change_enum(
        &mut self,
        name: &TypeName,
        labels: &[String],
        renamed: Option<&(String, String)>,
    ) -> Applied {
        let missing = || CatalogError::new("42704", format!("type \"{}\" does not exist", shown(name)));
        let own = self.enums.get_mut(name).ok_or_else(missing)?;
        let of = Arc::new(EnumType { name: name.clone(), labels: labels.to_vec() });
        *own = of.clone();
        self.renew(&Renewed { name, of, label: renamed });
        Ok(())
    }

    pub(super) fn move_type(&mut self, name: &TypeName, next: &QualifiedName) -> Applied {
        if let Some(of) = self.enums.remove(name) {
            let of = Arc::new(EnumType { name: next.clone(), labels: of.labels.clone() });
            self.enums.insert(next.clone(), of.clone());
            self.renew(&Renewed { name, of, label: None });
            return Ok(());
        }
        let Some(mut domain) = self.domains.remove(name) else {
            return Err(CatalogError::new("42704", format!("type \"{}\" does not exist", shown(name))));
        };
        Arc::make_mut(&mut domain).name = next.clone();
        self.domains.insert(next.clone(), domain);
        for table in self.tables.values_mut() {
            if table.columns.iter().any(|column| column.domain.as_ref() == Some(name)) {
                for column in &mut Arc::make_mut(table).columns {
                    if column.domain.as_ref() == Some(name) {
                        column.domain = Some(next.clone());
                    }
                }
            }
        }
        Ok(())
    }

    fn renew(&mut self, renewed: &Renewed<'_>) {
        for table in self.tables.values_mut() {
            let typed = table.columns.iter().any(|column| is_type(&column.ty.base, renewed.name));
            let named = expressions(table).into_iter().any(|expr| names_type(Part::Expr(expr), renewed.name));
            if typed || named {
                let table = Arc::make_mut(table);
                for column in &mut table.columns {
                    renewed.ty(&mut column.ty.base);
                }
                for expr in expressions_mut(table) {
                    renewed.part(PartMut::Expr(expr));
                }
            }
        }
        for view in self.views.values_mut() {
            let typed = view.columns.iter().any(|(_, ty)| is_type(ty, renewed.name));
            if typed || names_type(Part::Query(&view.query), renewed.name) {
                let view = Arc::make_mut(view);
                view.columns.iter_mut().for_each(|(_, ty)| renewed.ty(ty));
                renewed.part(PartMut::Query(&mut view.query));
            }
        }
        let domains: BTreeMap<_, _> = std::mem::take(&mut self.domains);
        self.domains = domains
            .into_iter()
            .map(|(name, mut domain)| {
                if is_type(&domain.base.base, renewed.name) {
                    renewed.ty(&mut Arc::make_mut(&mut domain).base.base);
                }
                (name, domain)
            })
            .collect();
    }
}

impl Renewed<'_> {
    fn ty(&self, ty: &mut Type) {
        match ty {
            Type::Enum(of) if of.name == *self.name => *of = self.of.clone(),
            Type::Array(element) if is_type(element, self.name) => {
                let mut own = (**element).clone();
                self.ty(&mut own);
                *element = Arc::new(own);
            }
            _ => {}
        }
    }

    fn part(&self, part: PartMut<'_>) {
        let part = match part {
            PartMut::Expr(expr) => {
                self.expr(expr);
                PartMut::Expr(expr)
            }
            PartMut::Query(query) => {
                self.query(query);
                PartMut::Query(query)
            }
            PartMut::Relation(relation) => {
                if let RelationSource::Function { columns, .. } = &mut relation.source {
                    columns.iter_mut().for_each(|(_, ty)| self.ty(ty));
                }
                PartMut::Relation(relation)
            }
            other => other,
        };
        part.each(&mut |part| self.part(part));
    }

    fn query(&self, query: &mut Query) {
        for cte in &mut query.ctes {
            cte.columns.iter_mut().for_each(|(_, ty)| self.ty(ty));
        }
    }

    fn expr(&self, expr: &mut Expr) {
        if is_type(&expr.ty, self.name)
            && let Node::Constant(Value::Text(text)) = &mut expr.node
            && let Some((from, to)) = self.label
            && text == from
        {
            text.clone_from(to);
        }
        self.ty(&mut expr.ty);
        if let Node::Cast { target, .. } = &mut expr.node {
            self.ty(&mut target.base);
        }
    }
}
